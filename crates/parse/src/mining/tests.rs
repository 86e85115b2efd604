//! Messages of every dialect, and near misses.
