//! The examples of docs and design mean what they say.
