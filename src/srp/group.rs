//! The 3072-bit group of RFC 5054, appendix A, with Cognito's generator 2. Constant time in every exponent.
//!
//! Only multiplication in Montgomery form is used: crypto-bigint's plain multiplication would add 25 kB of
//! Karatsuba code to the page.

use crypto_bigint::{U1280, U3072, const_monty_params, modular::ConstMontyForm};
use zeroize::Zeroizing;

use super::integer::{self, GROUP_BYTES};

const_monty_params!(
    Modulus,
    U3072,
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
     020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
     4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
     EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
     98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
     9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
     E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
     3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
     A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
     ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
     D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
     08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF"
);

/// An integer modulo N.
type Residue = ConstMontyForm<Modulus, { U3072::LIMBS }>;

/// Room for a 1024-bit exponent plus the product of two hashes.
const EXPONENT_BYTES: usize = 160;

/// The generator g.
pub(super) const GENERATOR: u8 = 2;

/// A secret exponent and the public number of bits that it may have.
pub(super) struct Exponent {
    value: Zeroizing<[u8; EXPONENT_BYTES]>,
    bits: u32,
}

impl Exponent {
    /// Takes at most 1024 bits, big-endian.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let bits = bytes.len() as u32 * 8;
        debug_assert!(bits <= 1024);
        Self {
            value: Zeroizing::new(integer::widen(bytes)),
            bits,
        }
    }

    /// `self + left * right`.
    fn plus_product(&self, left: &[u8; 32], right: &[u8; 32]) -> Self {
        let mut value = self.value.clone();
        integer::add_product(&mut value, left, right);
        Self {
            value,
            bits: self.bits.max(512) + 1,
        }
    }
}

/// The server's public value B: an integer below 2^3072 that is not 0 modulo N.
pub(super) struct ServerValue(Residue);

impl ServerValue {
    /// `None` for 0 modulo N.
    pub(super) fn new(bytes: &[u8; GROUP_BYTES]) -> Option<Self> {
        let residue = Residue::new(&U3072::from_be_slice(bytes));
        (residue != Residue::ZERO).then_some(Self(residue))
    }

    /// The client's premaster secret (B - k * g^x)^(a + u * x) mod N (RFC 5054, section 2.6).
    pub(super) fn premaster_secret(
        &self,
        a: &Exponent,
        k: &[u8; 32],
        u: &[u8; 32],
        x: &[u8; 32],
    ) -> Zeroizing<Vec<u8>> {
        let verifier = generator_power(&Exponent::new(x));
        let k = Residue::new(&U3072::from_be_slice(&integer::widen::<GROUP_BYTES>(k)));
        let base = Zeroizing::new(self.0.sub(&k.mul(&verifier)));
        to_signed(&power(&base, &a.plus_product(u, x)))
    }
}

/// A client's public value g^a mod N, big-endian.
pub(super) fn public_value(a: &Exponent) -> Zeroizing<Vec<u8>> {
    to_signed(&generator_power(a))
}

/// A password verifier g^x mod N.
pub(super) fn verifier(x: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    to_signed(&generator_power(&Exponent::new(x)))
}

/// N.
pub(super) fn modulus() -> Zeroizing<Vec<u8>> {
    integer::signed(Residue::MODULUS.to_be_bytes().as_ref())
}

fn generator_power(exponent: &Exponent) -> Zeroizing<Residue> {
    power(&Residue::new(&U3072::from_u8(GENERATOR)), exponent)
}

fn power(base: &Residue, exponent: &Exponent) -> Zeroizing<Residue> {
    let value = Zeroizing::new(U1280::from_be_slice(exponent.value.as_slice()));
    Zeroizing::new(base.pow_bounded_exp(&value, exponent.bits))
}

fn to_signed(residue: &Residue) -> Zeroizing<Vec<u8>> {
    let value = Zeroizing::new(residue.retrieve());
    integer::signed(Zeroizing::new(value.to_be_bytes()).as_ref())
}
