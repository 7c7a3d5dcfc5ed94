//! AES-256-GCM by WebCrypto, under a key that nobody can read, this program included.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

use super::{WebCrypto, global};
use crate::ports::Random;

const AES_GCM: &str = "AES-GCM";

/// Seals secrets, one key for each.
pub(super) struct Sealer(SubtleCrypto);

impl Sealer {
    /// None outside a secure context.
    pub fn new() -> Option<Self> {
        let crypto = global::<web_sys::Crypto>("crypto")?;
        // Undefined there, which `Crypto::subtle` does not tell.
        JsValue::from(crypto.subtle()).dyn_into().ok().map(Self)
    }

    /// A fresh key, the initialisation vector and the ciphertext, for structured clone. It opens only for the
    /// same `owner`.
    pub async fn seal(&self, owner: &str, secret: &str) -> Result<JsValue, JsValue> {
        let usages = Array::of2(&JsValue::from_str("encrypt"), &JsValue::from_str("decrypt"));
        let key = self
            .0
            .generate_key_with_object(&AesKeyGenParams::new(AES_GCM, 256), false, &usages)?;
        let key: CryptoKey = JsFuture::from(key).await?.unchecked_into();
        let mut iv = [0; 12];
        WebCrypto.fill(&mut iv).map_err(|_| JsValue::UNDEFINED)?;
        let iv = Uint8Array::from(iv.as_slice());
        let ciphertext =
            self.0
                .encrypt_with_object_and_u8_array(&parameters(owner, &iv), &key, secret.as_bytes())?;
        let ciphertext = JsFuture::from(ciphertext).await?;
        Ok(Array::of3(&key, &iv, &ciphertext).into())
    }

    /// The secret in what [`Self::seal`] made.
    pub async fn open(&self, owner: &str, sealed: JsValue) -> Result<Zeroizing<String>, JsValue> {
        let sealed: Array = sealed.dyn_into()?;
        // WebCrypto itself refuses what is not a key or not bytes.
        let (key, iv, ciphertext) = (sealed.get(0), sealed.get(1), sealed.get(2));
        let secret = self.0.decrypt_with_object_and_buffer_source(
            &parameters(owner, iv.unchecked_ref()),
            key.unchecked_ref(),
            ciphertext.unchecked_ref(),
        )?;
        let secret = Uint8Array::new(&JsFuture::from(secret).await?);
        let bytes = Zeroizing::new(secret.to_vec());
        secret.fill(0, 0, secret.length());
        let text = str::from_utf8(&bytes).map_err(|_| JsValue::UNDEFINED)?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}

fn parameters(owner: &str, iv: &Object) -> AesGcmParams {
    let parameters = AesGcmParams::new(AES_GCM, iv);
    parameters.set_additional_data(&Uint8Array::from(owner.as_bytes()));
    parameters
}
