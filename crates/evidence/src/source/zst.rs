//! Zstandard with everything a file may hold: several frames, skippable ones, a cut end.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// An empty last block (RFC 8878, section 3.1.1.2) and room for a checksum: fed after an
/// error, it makes the decoder give out what it kept as its window.
const LAST_BLOCK: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

/// Reads the frames of a stream one after the other.
pub(super) struct ZstReader<R> {
    input: R,
    decoder: FrameDecoder,
    /// Inside a frame.
    active: bool,
    /// To be said after what was decoded before it.
    error: Option<io::Error>,
}

impl<R: BufRead> ZstReader<R> {
    /// A reader that refuses frames with a larger window than `window` bytes.
    pub(super) fn new(input: R, window: u64) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(window);
        Self { input, decoder, active: false, error: None }
    }

    /// Begins the next frame; says whether there is one.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.input) {
                Ok(()) => {
                    self.active = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut self.input.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(self.explain(error)),
            }
        }
        Ok(false)
    }

    /// The decoder says only that something failed: at the end of the input, the stream is cut.
    fn explain(&mut self, error: FrameDecoderError) -> io::Error {
        match self.input.fill_buf() {
            Ok([]) => io::Error::new(io::ErrorKind::UnexpectedEof, error),
            Ok(_) => io::Error::new(io::ErrorKind::InvalidData, error),
            Err(error) => error,
        }
    }
}

impl<R: BufRead> Read for ZstReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if self.active {
                while self.error.is_none() && self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    if let Err(error) =
                        self.decoder.decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                    {
                        self.error = Some(self.explain(error));
                        // Whether it works or not, the error above is what is said.
                        let _ = self.decoder.decode_blocks(&LAST_BLOCK[..], BlockDecodingStrategy::All);
                    }
                }
                let got = self.decoder.read(buffer)?;
                if got > 0 {
                    return Ok(got);
                }
                self.active = false;
            }
            if let Some(error) = self.error.take() {
                return Err(error);
            }
            if !self.next_frame()? {
                return Ok(0);
            }
        }
    }
}
