//! `&amp;`, `&#38;`, `&#x26;`: kramdown's `parser/kramdown/html_entity.rb` and `utils/entities.rb`.

use super::characters::is_ascii_word;
use super::span_token::{Entity, Token};
use super::spans::SpanReader;

impl SpanReader<'_, '_, '_> {
    /// The entity at `at`, where `&` stands.
    pub(super) fn html_entity(&self, at: usize) -> Option<Token> {
        let (code, length) = reference(self.text.get(at..self.end)?)?;
        let end = at + length;
        Some(match code {
            Some(code) => Token::Entity(Entity::Known { char: char::from_u32(code), end }),
            None => Token::Entity(Entity::Unknown { end }),
        })
    }
}

/// The reference that `text` begins with: its code (`None`: there is no such name), and its length in bytes.
pub(crate) fn reference(text: &str) -> Option<(Option<u32>, usize)> {
    let rest = text.as_bytes().strip_prefix(b"&")?;
    let (code, length) = match rest {
        [b'#', b'x', digits @ ..] => numeric(digits, 16).map(|(code, length)| (code, length + 2))?,
        [b'#', digits @ ..] => numeric(digits, 10).map(|(code, length)| (code, length + 1))?,
        _ => {
            let length = name_length(rest)?;
            (named(text.get(1..1 + length)?), length)
        }
    };
    // `&` and `;`
    Some((code, length + 2))
}

/// `text` with the characters that its references stand for.
pub(crate) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (printed, length) = match reference(rest) {
            Some((code, length)) => (code.and_then(char::from_u32), length),
            None => (None, 1),
        };
        match printed {
            Some(char) => decoded.push(char),
            None => decoded.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    decoded.push_str(rest);
    decoded
}

/// The length of `name` in `name;`.
fn name_length(rest: &[u8]) -> Option<usize> {
    let first = *rest.first()?;
    if !is_ascii_word(first) && first != b':' {
        return None;
    }
    let length = rest.iter().position(|&byte| !(is_ascii_word(byte) || matches!(byte, b'-' | b'.' | b':')))?;
    (rest.get(length) == Some(&b';')).then_some(length)
}

/// The code and the length of the digits in `digits;`.
fn numeric(digits: &[u8], radix: u32) -> Option<(Option<u32>, usize)> {
    let length = digits.iter().position(|&byte| !(byte as char).is_digit(radix))?;
    if length == 0 || digits.get(length) != Some(&b';') {
        return None;
    }
    let digits = std::str::from_utf8(digits.get(..length)?).ok()?;
    let code = u32::from_str_radix(digits.trim_start_matches('0'), radix).unwrap_or(if digits.trim_matches('0').is_empty() {
        0
    } else {
        u32::MAX
    });
    Some((Some(WINDOWS_1252.iter().find(|&&(from, _)| from == code).map_or(code, |&(_, to)| to)), length))
}

fn named(name: &str) -> Option<u32> {
    let index = NAMES.binary_search_by(|&(known, _)| known.cmp(name)).ok()?;
    NAMES.get(index).map(|&(_, code)| code)
}

/// Numeric references to the control characters that Windows-1252 has letters for.
#[rustfmt::skip]
const WINDOWS_1252: &[(u32, u32)] = &[
    (128, 8364), (130, 8218), (131, 402), (132, 8222), (133, 8230), (134, 8224), (135, 8225), (136, 710), (137, 8240),
    (138, 352), (139, 8249), (140, 338), (142, 381), (145, 8216), (146, 8217), (147, 8220), (148, 8221), (149, 8226),
    (150, 8211), (151, 8212), (152, 732), (153, 8482), (154, 353), (155, 8250), (156, 339), (158, 382), (159, 376),
];

/// The names that kramdown knows, in byte order.
#[rustfmt::skip]
const NAMES: &[(&str, u32)] = &[
    ("AElig", 0xc6), ("Aacute", 0xc1), ("Acirc", 0xc2), ("Agrave", 0xc0), ("Alpha", 0x391), ("Aring", 0xc5),
    ("Atilde", 0xc3), ("Auml", 0xc4), ("Beta", 0x392), ("Ccedil", 0xc7), ("Chi", 0x3a7), ("Dagger", 0x2021),
    ("Delta", 0x394), ("ETH", 0xd0), ("Eacute", 0xc9), ("Ecirc", 0xca), ("Egrave", 0xc8), ("Epsilon", 0x395),
    ("Eta", 0x397), ("Euml", 0xcb), ("Gamma", 0x393), ("Iacute", 0xcd), ("Icirc", 0xce), ("Igrave", 0xcc),
    ("Iota", 0x399), ("Iuml", 0xcf), ("Kappa", 0x39a), ("Lambda", 0x39b), ("Mu", 0x39c), ("Ntilde", 0xd1),
    ("Nu", 0x39d), ("OElig", 0x152), ("Oacute", 0xd3), ("Ocirc", 0xd4), ("Ograve", 0xd2), ("Omega", 0x3a9),
    ("Omicron", 0x39f), ("Oslash", 0xd8), ("Otilde", 0xd5), ("Ouml", 0xd6), ("Phi", 0x3a6), ("Pi", 0x3a0),
    ("Prime", 0x2033), ("Psi", 0x3a8), ("Rho", 0x3a1), ("Scaron", 0x160), ("Sigma", 0x3a3), ("THORN", 0xde),
    ("Tau", 0x3a4), ("Theta", 0x398), ("Uacute", 0xda), ("Ucirc", 0xdb), ("Ugrave", 0xd9), ("Upsilon", 0x3a5),
    ("Uuml", 0xdc), ("Xi", 0x39e), ("Yacute", 0xdd), ("Yuml", 0x178), ("Zeta", 0x396), ("aacute", 0xe1),
    ("acirc", 0xe2), ("acute", 0xb4), ("aelig", 0xe6), ("agrave", 0xe0), ("alefsym", 0x2135), ("alpha", 0x3b1),
    ("amp", 0x26), ("and", 0x2227), ("ang", 0x2220), ("apos", 0x27), ("aring", 0xe5), ("asymp", 0x2248),
    ("atilde", 0xe3), ("auml", 0xe4), ("bdquo", 0x201e), ("beta", 0x3b2), ("brvbar", 0xa6), ("bull", 0x2022),
    ("cap", 0x2229), ("ccedil", 0xe7), ("cedil", 0xb8), ("cent", 0xa2), ("chi", 0x3c7), ("circ", 0x2c6),
    ("clubs", 0x2663), ("cong", 0x2245), ("copy", 0xa9), ("crarr", 0x21b5), ("cup", 0x222a), ("curren", 0xa4),
    ("dArr", 0x21d3), ("dagger", 0x2020), ("darr", 0x2193), ("deg", 0xb0), ("delta", 0x3b4), ("diams", 0x2666),
    ("divide", 0xf7), ("eacute", 0xe9), ("ecirc", 0xea), ("egrave", 0xe8), ("empty", 0x2205), ("emsp", 0x2003),
    ("ensp", 0x2002), ("epsilon", 0x3b5), ("equiv", 0x2261), ("eta", 0x3b7), ("eth", 0xf0), ("euml", 0xeb),
    ("euro", 0x20ac), ("exist", 0x2203), ("fnof", 0x192), ("forall", 0x2200), ("frac12", 0xbd), ("frac14", 0xbc),
    ("frac34", 0xbe), ("frasl", 0x2044), ("gamma", 0x3b3), ("ge", 0x2265), ("gt", 0x3e), ("hArr", 0x21d4),
    ("harr", 0x2194), ("hearts", 0x2665), ("hellip", 0x2026), ("iacute", 0xed), ("icirc", 0xee), ("iexcl", 0xa1),
    ("igrave", 0xec), ("image", 0x2111), ("infin", 0x221e), ("int", 0x222b), ("iota", 0x3b9), ("iquest", 0xbf),
    ("isin", 0x2208), ("iuml", 0xef), ("kappa", 0x3ba), ("lArr", 0x21d0), ("lambda", 0x3bb), ("lang", 0x232a),
    ("laquo", 0xab), ("larr", 0x2190), ("lceil", 0x2309), ("ldquo", 0x201c), ("le", 0x2264), ("lfloor", 0x230a),
    ("lowast", 0x2217), ("loz", 0x25ca), ("lrm", 0x200e), ("lsaquo", 0x2039), ("lsquo", 0x2018), ("lt", 0x3c),
    ("macr", 0xaf), ("mdash", 0x2014), ("micro", 0xb5), ("middot", 0xb7), ("minus", 0x2212), ("mu", 0x3bc),
    ("nabla", 0x2207), ("nbsp", 0xa0), ("ndash", 0x2013), ("ne", 0x2260), ("ni", 0x220b), ("not", 0xac),
    ("notin", 0x2209), ("nsub", 0x2284), ("ntilde", 0xf1), ("nu", 0x3bd), ("oacute", 0xf3), ("ocirc", 0xf4),
    ("oelig", 0x153), ("ograve", 0xf2), ("oline", 0x203e), ("omega", 0x3c9), ("omicron", 0x3bf), ("oplus", 0x2295),
    ("or", 0x2228), ("ordf", 0xaa), ("ordm", 0xba), ("oslash", 0xf8), ("otilde", 0xf5), ("otimes", 0x2297),
    ("ouml", 0xf6), ("para", 0xb6), ("part", 0x2202), ("permil", 0x2030), ("perp", 0x22a5), ("phi", 0x3c6),
    ("pi", 0x3c0), ("piv", 0x3d6), ("plusmn", 0xb1), ("pound", 0xa3), ("prime", 0x2032), ("prod", 0x220f),
    ("prop", 0x221d), ("psi", 0x3c8), ("quot", 0x22), ("rArr", 0x21d2), ("radic", 0x221a), ("rang", 0x2329),
    ("raquo", 0xbb), ("rarr", 0x2192), ("rceil", 0x2308), ("rdquo", 0x201d), ("real", 0x211c), ("reg", 0xae),
    ("rfloor", 0x230b), ("rho", 0x3c1), ("rlm", 0x200f), ("rsaquo", 0x203a), ("rsquo", 0x2019), ("sbquo", 0x201a),
    ("scaron", 0x161), ("sdot", 0x22c5), ("sect", 0xa7), ("shy", 0xad), ("sigma", 0x3c3), ("sigmaf", 0x3c2),
    ("sim", 0x223c), ("spades", 0x2660), ("sub", 0x2282), ("sube", 0x2286), ("sum", 0x2211), ("sup", 0x2283),
    ("sup1", 0xb9), ("sup2", 0xb2), ("sup3", 0xb3), ("supe", 0x2287), ("szlig", 0xdf), ("tau", 0x3c4),
    ("there4", 0x2234), ("theta", 0x3b8), ("thetasym", 0x3d1), ("thinsp", 0x2009), ("thorn", 0xfe), ("tilde", 0x2dc),
    ("times", 0xd7), ("trade", 0x2122), ("uArr", 0x21d1), ("uacute", 0xfa), ("uarr", 0x2191), ("ucirc", 0xfb),
    ("ugrave", 0xf9), ("uml", 0xa8), ("upsih", 0x3d2), ("upsilon", 0x3c5), ("uuml", 0xfc), ("vellip", 0x22ee),
    ("weierp", 0x2118), ("xi", 0x3be), ("yacute", 0xfd), ("yen", 0xa5), ("yuml", 0xff), ("zeta", 0x3b6),
    ("zwj", 0x200d), ("zwnj", 0x200c),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted_by_key(|&(name, _)| name));
        assert_eq!(named("hellip"), Some(0x2026));
        assert_eq!(named("bogus"), None);
    }
}
