//! notlicht
