//! Standard output and standard error: colour, width, and pipes that somebody closed.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use secretform::report::HumanOptions;

use crate::args::Color;

/// Where a run prints. Results go to standard output, all else to standard error.
pub(crate) struct Terminal {
    color: Color,
}

/// One of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Results,
    /// Standard error.
    Messages,
}

impl Terminal {
    /// With colours as the command line says.
    pub(crate) fn new(color: Color) -> Self {
        Self { color }
    }

    /// How text for people is laid out on this stream.
    pub(crate) fn options(&self, stream: Stream) -> HumanOptions {
        let (choice, is_terminal) = match stream {
            Stream::Results => (AutoStream::choice(&io::stdout()), io::stdout().is_terminal()),
            Stream::Messages => (AutoStream::choice(&io::stderr()), io::stderr().is_terminal()),
        };
        let color = match self.color {
            Color::Auto => choice != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        let width = width(is_terminal).unwrap_or(HumanOptions::default().width);
        HumanOptions { color, width }
    }

    /// Prints `bytes` as they are. A reader that has gone away has read enough.
    ///
    /// # Errors
    /// If the stream can't be written, such as into a file on a full disk.
    pub(crate) fn print(&self, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        let written = match stream {
            Stream::Results => write_all(&mut io::stdout().lock(), bytes),
            Stream::Messages => write_all(&mut io::stderr().lock(), bytes),
        };
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}

fn write_all(stream: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes)?;
    stream.flush()
}

/// The columns that `COLUMNS` says, else those of the terminal.
fn width(is_terminal: bool) -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let found = || is_terminal.then(terminal_size::terminal_size).flatten();
    said.or_else(|| found().map(|(width, _)| usize::from(width.0))).filter(|columns| *columns > 0)
}
