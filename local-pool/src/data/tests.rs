use super::*;
use crate::world::World;

/// A folder of its own, which is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("local-pool-data-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("pool.json")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn refusal(path: &Path) -> String {
    let error = DataFile::open(path).and_then(|data| data.read()).map(|_| ());
    error.unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_and_only_the_owner_may() {
    let folder = Folder::new("round-trip");
    let data = DataFile::open(&folder.file()).unwrap();
    assert!(data.read().unwrap().is_none());
    let world = World::new("http://127.0.0.1:1", Some(1));
    let text = text("print", world.pools.values().map(|pool| &pool.kept)).unwrap();
    for password in crate::seed::USERS.map(|user| user.password) {
        assert!(!text.contains(password));
    }
    data.write(|| Ok(text.clone())).unwrap();
    let contents = data.read().unwrap().unwrap();
    assert_eq!(contents.seed, "print");
    assert_eq!(super::text("print", contents.pools.iter()).unwrap(), text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            fs::metadata(folder.file()).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    let names = fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(names, 2, "the file and its lock");
}

#[test]
fn the_same_is_not_written_twice() {
    let folder = Folder::new("once");
    let data = DataFile::open(&folder.file()).unwrap();
    data.write(|| Ok("1".to_owned())).unwrap();
    fs::remove_file(folder.file()).unwrap();
    data.write(|| Ok("1".to_owned())).unwrap();
    assert!(!folder.file().exists());
    data.write(|| Ok("2".to_owned())).unwrap();
    assert_eq!(fs::read_to_string(folder.file()).unwrap(), "2");
}

#[test]
fn a_file_has_one_user() {
    let folder = Folder::new("lock");
    let first = DataFile::open(&folder.file()).unwrap();
    assert!(refusal(&folder.file()).contains("in use by another local-pool"));
    drop(first);
    assert!(DataFile::open(&folder.file()).is_ok());
}

#[test]
fn damaged_and_newer_files_are_refused_and_left_alone() {
    let folder = Folder::new("damaged");
    for (text, words) in [
        ("", ":1:0: not a data file"),
        ("{\"version\":1,\n\"seed\":\"\"", ":2:9: not a data file"),
        ("[]", "not a data file"),
        ("{\"version\":1,\"seed\":\"\",\"pools\":[{}]}", "not a data file"),
        (
            "{\"version\":2,\"other\":true}",
            "was written by a newer local-pool (format 2",
        ),
    ] {
        fs::write(folder.file(), text).unwrap();
        let refusal = refusal(&folder.file());
        assert!(
            refusal.contains(words) && refusal.contains("pool.json"),
            "{refusal}"
        );
        assert_eq!(fs::read_to_string(folder.file()).unwrap(), text);
    }
}
