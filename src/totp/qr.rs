//! The URI as a QR code.

use std::fmt;

use qrcodegen::{QrCode, QrCodeEcc};
use zeroize::Zeroize;

use crate::token::OtpauthUri;

/// A QR code to draw as SVG. It holds the secret: `Debug` shows its size alone, and the path is overwritten
/// when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules a side, without the quiet zone of 4 modules that has to be around it (ISO/IEC 18004).
    pub size: u32,
    /// The dark modules as SVG path data, one unit a module from the upper left corner. Rows touch: draw them with
    /// `shape-rendering="crispEdges"`.
    pub path: String,
}

/// The QR code of a URI, with medium error correction or better; `None` if it is too long for any.
#[must_use]
pub fn qr(uri: &OtpauthUri) -> Option<Qr> {
    let code = QrCode::encode_text(uri.expose(), QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let size = u32::try_from(side).ok()?;
    // At most a run for every other module, of 16 characters: a text that had to grow would leave copies of itself
    // behind.
    let mut path = String::with_capacity(usize::try_from(size * size).ok()? * 8);
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let start = x;
            while x < side && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                push_run(&mut path, start, y, x - start);
            }
            x += 1;
        }
    }
    Some(Qr { size, path })
}

/// A rectangle one module high: `M0 0h7v1h-7z`.
fn push_run(path: &mut String, x: i32, y: i32, length: i32) {
    let length = length.to_string();
    for part in [
        "M",
        &x.to_string(),
        " ",
        &y.to_string(),
        "h",
        &length,
        "v1h-",
        &length,
        "z",
    ] {
        path.push_str(part);
    }
}

impl fmt::Debug for Qr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Qr")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl Drop for Qr {
    fn drop(&mut self) {
        self.path.zeroize();
    }
}
