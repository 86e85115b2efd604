//! TLS as far as it is readable without keys: which stack speaks, and to whom.
