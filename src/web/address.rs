//! Which addresses are on the public internet (IANA special-purpose registries, RFC 6890).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Whether anybody may be asked at this address: not the machine itself, not its networks, not the metadata service
/// of a cloud, nor anything reserved.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Whether the URL names, without any name service, an address that may not be asked.
pub fn is_private_literal(url: &Url) -> bool {
    match url.host() {
        // `url` has read octal, hexadecimal and shortened forms already
        Some(Host::Ipv4(address)) => !is_public_v4(address),
        Some(Host::Ipv6(address)) => !is_public_v6(address),
        Some(Host::Domain(name)) => is_local_name(name),
        None => true,
    }
}

/// RFC 6761: always the machine itself.
pub fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    !matches!(
        (a, b, c, d),
        (0 | 10 | 127, ..)
            | (100, 64..=127, ..) // carrier-grade NAT, RFC 6598
            | (169, 254, ..) // link-local and metadata
            | (172, 16..=31, ..)
            | (192, 0, 0 | 2, _) // protocol assignments, documentation
            | (192, 88, 99, _) // 6to4 relays
            | (192, 168, ..)
            | (198, 18..=19, ..) // benchmarks
            | (198, 51, 100, _)
            | (203, 0, 113, _)
            | (168, 63, 129, 16) // the metadata service of Azure, on a public address
            | (224..=255, ..) // multicast, reserved, broadcast
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = embedded_v4(address) {
        return is_public_v4(inner);
    }
    let segments = address.segments();
    let [first, second, ..] = segments;
    // global unicast is 2000::/3; in it, what is reserved
    let is_special = match (first, second) {
        (0x2001, 0x0000..=0x01ff) => true, // Teredo, benchmarks, ORCHID and other protocol assignments
        (0x2001, 0x0db8) => true,          // documentation
        (0x3fff, 0x0000..=0x0fff) => true, // documentation
        _ => false,
    };
    first & 0xe000 == 0x2000 && !is_special
}

/// The IPv4 address that an IPv6 one leads to: mapped, compatible, NAT64 (RFC 6052, RFC 8215) and 6to4.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => of(high, low),
        [0, 0, 0, 0, 0xffff, 0, high, low] => of(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => of(high, low),
        // local NAT64: whatever it leads to is a matter of the own network
        [0x64, 0xff9b, 1, ..] => Some(Ipv4Addr::LOCALHOST),
        [0x2002, high, low, ..] => of(high, low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_and_not() {
        for public in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"] {
            assert!(is_public(public.parse().expect(public)), "{public}");
        }
        let private = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.192",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "100::1",
        ];
        for private in private {
            assert!(!is_public(private.parse().expect(private)), "{private}");
        }
    }

    #[test]
    fn literals_in_any_writing() {
        let is_private = |url: &str| is_private_literal(&Url::parse(url).expect(url));
        let private = [
            "http://127.1/",
            "http://0x7f.1/",
            "http://017700000001/",
            "http://2130706433/",
            "http://0/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://localhost:4000/",
            "http://a.localhost./",
            "http://①②⑦.0.0.1/",
            "http://169.254.169.254/",
        ];
        for url in private {
            assert!(is_private(url), "{url}");
        }
        assert!(!is_private("http://1.0.0.1/x"));
        assert!(!is_private("https://tides.example/"));
    }
}
