//! `EtherIP` (RFC 3378): two bytes, version 3 in the upper four bits and the rest 0, then an Ethernet frame.

use super::super::layer::Layer;
use super::Inside;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    if bytes.get(..2)? != [0x30, 0] {
        return None;
    }
    Inside::of(Layer::Ethernet, 2)
}
