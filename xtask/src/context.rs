//! Where the repository is and the environment that every child process gets.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a command of xtask ended early.
#[derive(Debug)]
pub enum Failure {
    /// ctrl-c or SIGTERM.
    Interrupted,
    /// What went wrong and what to do about it.
    Because(String),
}

impl Failure {
    /// A failure with its explanation.
    pub fn because(reason: impl Into<String>) -> Self {
        Self::Because(reason.into())
    }
}

/// Where Rust and its WebAssembly target come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The active toolchain, with `rustup target add` if the target is missing.
    Rustup,
    /// Debian's rustc-web, with std built from rust-web-src.
    Debian,
}

impl Way {
    /// Reads the value of `YEW_COGNITO_TOOLCHAIN`.
    pub fn parse(value: &str) -> Result<Self, Failure> {
        match value {
            "" | "rustup" => Ok(Self::Rustup),
            "debian" => Ok(Self::Debian),
            other => Err(Failure::because(format!(
                "YEW_COGNITO_TOOLCHAIN is `{other}`; use `debian` or leave it unset"
            ))),
        }
    }
}

/// The repository and the environment of its child processes.
pub struct Context {
    /// The repository's top folder.
    pub root: PathBuf,
    /// Where the toolchain comes from.
    pub way: Way,
    /// Whether rustup manages the toolchains of this machine.
    pub has_rustup: bool,
    path: OsString,
}

impl Context {
    /// Looks at the environment; fails if a variable has a value that means nothing.
    pub fn new() -> Result<Self, Failure> {
        let way = Way::parse(&env::var("YEW_COGNITO_TOOLCHAIN").unwrap_or_default())?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or_else(|| Failure::because("xtask has to lie in a folder of the repository"))?
            .to_path_buf();
        let has_rustup = Command::new("rustup")
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        let path = child_path(&root, way == Way::Debian && !has_rustup)?;
        Ok(Self {
            root,
            way,
            has_rustup,
            path,
        })
    }

    /// A command in the repository's folder, with the chosen toolchain and the tools on its PATH.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .env("PATH", &self.path);
        // `cargo xtask` is run by Cargo, whose variables about xtask would make Cargo rebuild crates
        // that watch them.
        for (name, _) in env::vars_os() {
            let Some(text) = name.to_str() else { continue };
            if matches!(text, "CARGO" | "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH")
                || text.starts_with("CARGO_PKG_")
            {
                command.env_remove(&name);
            }
        }
        if self.way == Way::Debian {
            if self.has_rustup {
                command.env("RUSTUP_TOOLCHAIN", crate::debian::TOOLCHAIN);
            } else {
                command.env("RUSTC", crate::debian::RUSTC);
            }
        }
        command
    }

    /// npm or npx, which are scripts with another name on Windows.
    pub fn npm_command(&self, program: &str) -> Command {
        let name = if cfg!(windows) {
            format!("{program}.cmd")
        } else {
            program.to_owned()
        };
        let mut command = self.command(name);
        command.current_dir(self.e2e());
        command
    }

    /// The first executable of this name on the children's PATH.
    pub fn find(&self, program: &str) -> Option<PathBuf> {
        let name = format!("{program}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.path)
            .map(|folder| folder.join(&name))
            .find(|file| file.is_file())
    }

    /// The folder of the browser journeys.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("tests").join("e2e")
    }

    /// A folder for stamps, logs and reports; made if missing.
    pub fn scratch(&self) -> Result<PathBuf, Failure> {
        let folder = self.root.join("target").join("xtask");
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::because(format!("cannot make {}: {error}", folder.display())))?;
        Ok(folder)
    }
}

fn child_path(root: &Path, debian_first: bool) -> Result<OsString, Failure> {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
        Some(Path::new(&home).join(".cargo"))
    });
    let mut folders = vec![root.join("tests/e2e/node_modules/.bin")];
    if debian_first {
        folders.push(PathBuf::from("/usr/bin"));
    }
    folders.extend(cargo_home.map(|home| home.join("bin")));
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    env::join_paths(folders)
        .map_err(|error| Failure::because(format!("a folder on PATH cannot be passed on: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_toolchain_variable_takes_two_values() {
        assert_eq!(Way::parse("").unwrap(), Way::Rustup);
        assert_eq!(Way::parse("rustup").unwrap(), Way::Rustup);
        assert_eq!(Way::parse("debian").unwrap(), Way::Debian);
        assert!(matches!(Way::parse("Debian"), Err(Failure::Because(reason)) if reason.contains("`Debian`")));
    }

    #[test]
    fn tools_installed_for_the_project_come_first() {
        let path = child_path(Path::new("/repository"), true).unwrap();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        assert_eq!(folders[0], Path::new("/repository/tests/e2e/node_modules/.bin"));
        assert_eq!(folders[1], Path::new("/usr/bin"));
    }
}
