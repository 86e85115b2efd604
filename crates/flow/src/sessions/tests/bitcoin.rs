//! Bitcoin Stratum v1 and its relatives.
