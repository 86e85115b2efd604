//! Which of a pool's hosts a name is: where miners connect, or where people read.

/// Which of a pool's hosts a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PoolHost {
    /// A host where miners connect, listed as such or below one.
    Stratum,
    /// Below a domain that belongs to a pool, and neither listed nor named like a web site: as a rule a host
    /// where miners connect.
    Member,
    /// The pool's web site, its programming interface or its mail: people and wallets go there.
    Site,
}

/// How a name of `pools.tsv` is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    Stratum,
    Domain,
    Site,
}

/// Labels of hosts that people, programs and mail visit, not miners.
const SITE_LABELS: &str = "\
    academy account accounts admin analytics api api2 api3 app apps assets auth autoconfig autodiscover blog \
    careers cdn chat click community cpanel crm dashboard dev dns docs download downloads em email explorer \
    faq file files forum ftp git go grafana help i id image images imap img info labs landing learn links \
    login m mail media monitor mx my news ns ns1 ns2 ns3 old passport pop pop3 portal promo remote shop smtp \
    sso staging stat static statistics stats status store support test ticket track tracking url user v1 v2 \
    v3 vpn wallet web webdisk webmail whm wiki ws www www1 www2 www3";

/// Which host a name is, by what stands in front of the listed name.
pub(crate) fn host(listed: Listed, front: &str) -> PoolHost {
    let named = |label: &str| SITE_LABELS.split(' ').any(|known| known.eq_ignore_ascii_case(label));
    match listed {
        Listed::Site => PoolHost::Site,
        _ if front.split('.').filter(|label| !label.is_empty()).any(named) => PoolHost::Site,
        Listed::Stratum => PoolHost::Stratum,
        Listed::Domain if front.is_empty() => PoolHost::Site,
        Listed::Domain => PoolHost::Member,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_what_stands_in_front() {
        for (listed, front, expected) in [
            (Listed::Stratum, "", PoolHost::Stratum),
            (Listed::Stratum, "eu", PoolHost::Stratum),
            (Listed::Stratum, "www", PoolHost::Site),
            (Listed::Domain, "", PoolHost::Site),
            (Listed::Domain, "eth", PoolHost::Member),
            (Listed::Domain, "us-east.stratum", PoolHost::Member),
            (Listed::Domain, "API", PoolHost::Site),
            (Listed::Domain, "eu.docs", PoolHost::Site),
            (Listed::Site, "eth", PoolHost::Site),
        ] {
            assert_eq!(host(listed, front), expected, "{front}");
        }
    }
}
