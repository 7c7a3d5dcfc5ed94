//! `cargo xtask size`: what the sign-in page weighs on the wire.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::context::{Context, Failure};
use crate::npm::need_node;
use crate::process::output;

/// Prints the size of each file with brotli at its best quality, as static hosts serve them.
const COMPRESS: &str = "
const { readFileSync } = require('node:fs');
const { brotliCompressSync, constants } = require('node:zlib');
let plain = 0, packed = 0;
const row = (a, b, name) => console.log(String(a).padStart(10), String(b).padStart(10), ' ' + name);
row('bytes', 'brotli', 'file');
for (const name of process.argv.slice(1)) {
  const file = readFileSync(name);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.length };
  const size = brotliCompressSync(file, { params }).length;
  plain += file.length; packed += size;
  row(file.length, size, name);
}
row(plain, packed, 'total');
";

/// What the page fetches without naming it in its HTML.
const FETCHED: &str = "amplify_outputs.json";

/// `cargo xtask size`.
pub fn size(context: &Context) -> Result<(), Failure> {
    need_node(context)?;
    let dist = context.root.join("dist");
    let page = fs::read_to_string(dist.join("index.html")).map_err(|error| {
        Failure::because(format!("dist/index.html: {error}; run `cargo xtask build` first"))
    })?;
    let mut files = BTreeSet::from(["index.html".to_owned(), FETCHED.to_owned()]);
    files.extend(local_files(&page));
    for file in scripts(&dist.join("snippets")) {
        // The generated glue imports these by itself.
        files.extend(
            file.strip_prefix(&dist)
                .ok()
                .map(|name| name.to_string_lossy().into_owned()),
        );
    }
    files.retain(|file| dist.join(file).is_file());
    print!(
        "{}",
        output(
            context
                .command("node")
                .current_dir(&dist)
                .args(["-e", COMPRESS])
                .args(files)
        )?
    );
    Ok(())
}

/// The files of this origin that attributes and the boot script's words in a page name.
fn local_files(page: &str) -> Vec<String> {
    page.split(['"', '\'', ' ', '>'])
        .filter_map(|word| {
            word.strip_prefix('/')
                .or_else(|| word.strip_prefix("href=/"))
                .or_else(|| word.strip_prefix("src=/"))
        })
        .filter(|path| !path.is_empty() && !path.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

fn scripts(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .flat_map(|path| if path.is_dir() { scripts(&path) } else { vec![path] })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_its_files() {
        let page = r#"<link rel="stylesheet" href="/boot-1.css"><meta name="program" content="/a.js /a.wasm">
            <script src=/boot-2.js></script><a href="https://example.com/x">x</a><a href="//example.com/y">y</a>"#;
        assert_eq!(local_files(page), ["boot-1.css", "a.js", "a.wasm", "boot-2.js"]);
    }
}
