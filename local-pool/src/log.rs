//! The lines that the program prints as it goes.

use std::io::Write;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// As many lines as wait for a reader who takes a while.
const WAITING: usize = 1024;

/// How long an end waits for the last lines.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long it waits for room among the lines at a time.
const BREATH: Duration = Duration::from_millis(5);

enum Entry {
    Line(String),
    Flush(SyncSender<()>),
}

/// Prints lines without ever making anybody wait: a reader of standard output who has stopped reading must not stop
/// the server. Lines that nobody reads are left out.
#[derive(Clone)]
pub(crate) struct Log(SyncSender<Entry>);

impl Log {
    /// A log that is written to `out`, by a thread of its own.
    pub(crate) fn to(out: impl Write + Send + 'static) -> Self {
        let (entries, received) = sync_channel(WAITING);
        thread::spawn(move || write(out, &received));
        Self(entries)
    }

    /// Prints a line.
    pub(crate) fn line(&self, text: String) {
        // Full or gone: there is nobody to tell.
        let _ = self.0.try_send(Entry::Line(text));
    }

    /// Waits until the lines so far are printed, but not for ever.
    pub(crate) fn flush(&self) {
        let (done, printed) = sync_channel(1);
        let until = Instant::now() + PATIENCE;
        let mut entry = Entry::Flush(done);
        while let Err(TrySendError::Full(back)) = self.0.try_send(entry) {
            if Instant::now() >= until {
                return;
            }
            thread::sleep(BREATH);
            entry = back;
        }
        // Whether it was in time or not, this is as long as it takes.
        let _ = printed.recv_timeout(until.saturating_duration_since(Instant::now()));
    }
}

fn write(mut out: impl Write, entries: &Receiver<Entry>) {
    for entry in entries {
        // A closed standard output is no reason to stop serving.
        match entry {
            Entry::Line(text) => drop(writeln!(out, "{text}")),
            Entry::Flush(done) => drop(out.flush().is_ok() && done.send(()).is_ok()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// What was written, once the lock can be had.
    #[derive(Clone, Default)]
    struct Reader(Arc<Mutex<Vec<u8>>>);

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_are_printed_in_order() {
        let reader = Reader::default();
        let log = Log::to(reader.clone());
        log.line("one".to_owned());
        log.line("two".to_owned());
        log.flush();
        assert_eq!(*reader.0.lock().unwrap(), b"one\ntwo\n");
    }

    #[test]
    fn a_reader_who_does_not_read_stops_nobody() {
        let reader = Reader::default();
        let log = Log::to(reader.clone());
        let held = reader.0.lock().unwrap();
        for number in 0..5 * WAITING {
            log.line(number.to_string());
        }
        drop(held);
        log.flush();
        let text = String::from_utf8(reader.0.lock().unwrap().clone()).unwrap();
        assert!(text.starts_with("0\n1\n") && text.lines().count() <= WAITING + 1);
    }
}
