//! The judgement on one address. Sources: IANA special-purpose address registries (RFC 6890 and
//! its updates) and the cloud providers' manuals for their metadata addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address may not be reached, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// An address inside one's own network, which this process was not allowed to reach.
    #[error(
        "{address} is {range}; if it is yours and meant, start with --allow-network {address} or \
         --allow-private"
    )]
    Private {
        /// The address.
        address: IpAddr,
        /// Which range it lies in.
        range: &'static str,
    },
    /// An address that is never reached.
    #[error("{address} is {range} and is never reached; use another address")]
    Never {
        /// The address.
        address: IpAddr,
        /// Which range it lies in.
        range: &'static str,
    },
}

/// What kind of address it is.
enum Kind {
    Public,
    Private(&'static str),
    Never(&'static str),
}

/// Judges an address; `opened` says whether a private one is open to this process. It is asked with
/// the address that lies inside where one address carries another.
pub(super) fn judge(address: IpAddr, opened: impl Fn(IpAddr) -> bool) -> Result<(), Blocked> {
    let inner = unwrapped(address);
    let kind = match inner {
        IpAddr::V4(v4) => judge_v4(v4),
        IpAddr::V6(v6) => judge_v6(v6),
    };
    match kind {
        Kind::Public => Ok(()),
        Kind::Private(_) if opened(inner) => Ok(()),
        Kind::Private(range) => Err(Blocked::Private { address, range }),
        Kind::Never(range) => Err(Blocked::Never { address, range }),
    }
}

/// The IPv4 address that an IPv6 address carries, where it carries one.
fn unwrapped(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let s = v6.segments();
    let low = || v4_of(s[6], s[7]);
    match s {
        // Mapped (::ffff:a.b.c.d), translated (::ffff:0:a.b.c.d) and NAT64 (64:ff9b::a.b.c.d).
        [0, 0, 0, 0, 0, 0xffff, _, _]
        | [0, 0, 0, 0, 0xffff, 0, _, _]
        | [0x64, 0xff9b, 0, 0, 0, 0, _, _] => low(),
        // The old compatible form (::a.b.c.d), which is not :: and not ::1.
        [0, 0, 0, 0, 0, 0, high, low_part] if high != 0 || low_part > 1 => low(),
        // 6to4 carries it behind 2002, ISATAP at the end behind 5efe.
        [0x2002, a, b, ..] => v4_of(a, b),
        [_, _, _, _, 0 | 0x200, 0x5efe, _, _] => low(),
        _ => address,
    }
}

fn v4_of(high: u16, low: u16) -> IpAddr {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(a, b, c, d))
}

fn judge_v4(address: Ipv4Addr) -> Kind {
    match address.octets() {
        [169, 254, 169, 254]
        | [169, 254, 170, 2 | 23]
        | [169, 254, 42, 42]
        | [100, 100, 100, 200]
        | [168, 63, 129, 16]
        | [192, 0, 0, 192] => Kind::Never("a cloud's metadata address"),
        [169, 254, ..] => Kind::Never("link-local"),
        [0, ..] => Kind::Never("no address of a machine"),
        [255, 255, 255, 255] => Kind::Never("the broadcast address"),
        [224..=239, ..] => Kind::Never("multicast"),
        [240..=255, ..] => Kind::Never("reserved"),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => {
            Kind::Never("an address for examples in documents")
        }
        [192, 0, 0, _] | [192, 88, 99, _] => Kind::Never("reserved for protocols"),
        [127, ..] => Kind::Private("this machine itself (loopback)"),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Kind::Private("a private address"),
        [100, 64..=127, ..] => Kind::Private("an address that providers share among customers"),
        [198, 18..=19, ..] => Kind::Private("an address of test networks"),
        _ => Kind::Public,
    }
}

fn judge_v6(address: Ipv6Addr) -> Kind {
    match address.segments() {
        // Amazon, Google and Scaleway.
        [0xfd00, 0xec2, ..] | [0xfd20, 0xce, ..] | [0xfd00, 0x42, ..] => {
            Kind::Never("a cloud's metadata address")
        }
        [0, 0, 0, 0, 0, 0, 0, 0] => Kind::Never("no address of a machine"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Kind::Private("this machine itself (loopback)"),
        [0xfe80..=0xfebf, ..] => Kind::Never("link-local"),
        [0xfec0..=0xfeff, ..] => Kind::Never("the withdrawn site-local range"),
        [0xff00..=0xffff, ..] => Kind::Never("multicast"),
        [0xfc00..=0xfdff, ..] => Kind::Private("a unique-local (private) address"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => {
            Kind::Never("an address for examples in documents")
        }
        // Teredo and the other protocol assignments hide where they lead.
        [0x2001, 0..=0x1ff, ..] => Kind::Never("reserved for protocols"),
        // A local NAT64 prefix: where the IPv4 address stands in it is not known.
        [0x64, 0xff9b, 1, ..] => Kind::Never("a local translation prefix"),
        // Everything given out to be routed is 2000::/3.
        [0x2000..=0x3fff, ..] => Kind::Public,
        _ => Kind::Never("reserved"),
    }
}
