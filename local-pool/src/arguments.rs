//! The program's command line.

use std::path::PathBuf;

use local_pool::{DEFAULT_PORT, Options};

/// What `--help` prints.
pub const USAGE: &str = "\
Usage: local-pool [options]

Serves a local Amazon Cognito user pool on 127.0.0.1.

  --port PORT       the port (9229 without it); 0 takes a free one and prints it
  --seed FILE       the pools, clients and users to begin with, in TOML (or JSON, by the
                    extension .json); SEED.md describes the format
  --data FILE       keep the pools in FILE over restarts; once it exists, it comes before the seed
  --random-seed N   make ids, codes, tokens and keys follow from N, the same at every start
  --freeze-at N     let the clock stand still at N seconds since 1970
  --help            this text
  --version         the version";

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// Serve until stopped.
    Serve(Options),
    /// Print the usage.
    Help,
    /// Print the version.
    Version,
}

/// Reads the command line; an error says what is wrong with it.
pub fn command(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut options = Options {
        port: DEFAULT_PORT,
        log: true,
        ..Options::default()
    };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        match name {
            "--help" | "-h" if value.is_none() => return Ok(Command::Help),
            "--version" | "-V" if value.is_none() => return Ok(Command::Version),
            "--port" | "--seed" | "--data" | "--random-seed" | "--freeze-at" => {
                let value = value.or_else(|| arguments.next());
                let value = value.filter(|value| !value.is_empty());
                set(
                    &mut options,
                    name,
                    &value.ok_or_else(|| format!("{name} needs a value"))?,
                )?;
            }
            _ => return Err(format!("unknown option {argument}")),
        }
    }
    Ok(Command::Serve(options))
}

fn set(options: &mut Options, name: &str, value: &str) -> Result<(), String> {
    let wrong = |kind: &str| format!("{name}: {value} is not {kind}");
    match name {
        "--port" => options.port = value.parse().map_err(|_| wrong("a port"))?,
        "--seed" => options.seed = Some(PathBuf::from(value)),
        "--data" => options.data = Some(PathBuf::from(value)),
        "--random-seed" => {
            options.random_seed = Some(value.parse().map_err(|_| wrong("a number from 0 to 2^64-1"))?);
        }
        _ => options.freeze_at = Some(value.parse().map_err(|_| wrong("a number of seconds"))?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        command(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read_in_both_spellings() {
        let line = "--port 0 --seed=a.toml --data b.json --random-seed=7 --freeze-at 1800000000";
        let Ok(Command::Serve(options)) = read(line) else {
            panic!("not read");
        };
        assert_eq!(options.port, 0);
        assert_eq!(options.seed, Some(PathBuf::from("a.toml")));
        assert_eq!(options.data, Some(PathBuf::from("b.json")));
        assert_eq!(options.random_seed, Some(7));
        assert_eq!(options.freeze_at, Some(1_800_000_000));
        let Ok(Command::Serve(options)) = read("") else {
            panic!("not read");
        };
        assert_eq!((options.port, options.log), (DEFAULT_PORT, true));
        assert!(matches!(read("--port 1 --help"), Ok(Command::Help)));
        assert!(matches!(read("--version"), Ok(Command::Version)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (line, message) in [
            ("--prot 1", "unknown option --prot"),
            ("9229", "unknown option 9229"),
            ("--help=1", "unknown option --help=1"),
            ("--port", "--port needs a value"),
            ("--data=", "--data needs a value"),
            ("--port 65536", "--port: 65536 is not a port"),
            (
                "--random-seed -1",
                "--random-seed: -1 is not a number from 0 to 2^64-1",
            ),
        ] {
            assert_eq!(read(line).unwrap_err(), message);
        }
    }

    #[test]
    fn the_usage_names_every_option() {
        for name in [
            "--port",
            "--seed",
            "--data",
            "--random-seed",
            "--freeze-at",
            "--help",
            "--version",
        ] {
            assert!(USAGE.contains(&format!("\n  {name} ")), "{name}");
        }
    }
}
