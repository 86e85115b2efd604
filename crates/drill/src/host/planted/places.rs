//! The places: one entry for each way in which something starts by itself on Linux.
//!
//! Grammar: crontab(5), anacrontab(5), at(1), incrontab(5), systemd.unit(5), systemd.timer(5), systemd.generator(7),
//! inittab(5), init(5) of upstart, sshd(8), sshd_config(5), pam_exec(8), modules-load.d(5), modprobe.d(5), udev(7),
//! update-motd(5), the Desktop Entry and Autostart specifications, the D-Bus specification, NetworkManager-dispatcher(8),
//! apt.conf(5), Python `site`, logrotate(8), inetd(8), xinetd.conf(5), passwd(5), ld.so(8), the Docker API's HostConfig,
//! and static pods of Kubernetes.

/// A place with its entry.
pub(super) struct Place {
    pub(super) mechanism: &'static str,
    /// Seen from the root.
    pub(super) path: &'static str,
    pub(super) mode: u32,
    /// `@SCRIPT@` or `@LIBRARY@` stands where the harmless file is named.
    pub(super) text: &'static str,
}

const fn file(mechanism: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { mechanism, path, mode: 0o644, text }
}

const fn script(mechanism: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { mechanism, path, mode: 0o755, text }
}

const fn secret(mechanism: &'static str, path: &'static str, text: &'static str) -> Place {
    Place { mechanism, path, mode: 0o600, text }
}

const SHELL: &str = "#!/bin/sh\n# An exercise of minehound.\n@SCRIPT@\n";
const UNIT: &str = "[Unit]\nDescription=An exercise of minehound\n\n[Service]\nExecStart=@SCRIPT@\nRestart=always\n\n[Install]\nWantedBy=multi-user.target\n";

/// All places.
#[rustfmt::skip] // a line or two each
pub(super) const PLACES: &[Place] = &[
    file("cron", "/etc/crontab", "SHELL=/bin/sh\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\n\n# m h dom mon dow user command\n*/5 * * * * root @SCRIPT@\n"),
    file("cron", "/etc/cron.d/minehound-drill", "# An exercise of minehound.\n@reboot root @SCRIPT@\n"),
    secret("cron", "/var/spool/cron/crontabs/root", "# An exercise of minehound: no user column here.\n*/10 * * * * @SCRIPT@ >/dev/null 2>&1\n"),
    secret("cron", "/var/spool/cron/root", "MAILTO=\"\"\n0 4 * * 1 @SCRIPT@\n"),
    script("cron", "/etc/cron.hourly/minehound-drill", SHELL),
    file("anacron", "/etc/anacrontab", "START_HOURS_RANGE=3-22\n1 5 minehound-drill @SCRIPT@\n"),
    script("at", "/var/spool/cron/atjobs/a0000101a2b3c4", "#!/bin/sh\n# atrun uid=0 gid=0\n# mail root 0\numask 22\n@SCRIPT@\n"),
    file("incron", "/var/spool/incron/root", "/tmp IN_CREATE @SCRIPT@\n"),
    file("systemd", "/etc/systemd/system/minehound-drill.service", UNIT),
    file("systemd-timer", "/etc/systemd/system/minehound-drill-timer.service", "[Service]\nType=oneshot\nExecStart=-@SCRIPT@ --quiet\n"),
    file("systemd-drop-in", "/etc/systemd/system/ssh.service.d/minehound-drill.conf", "[Service]\nExecStartPre=@SCRIPT@\n"),
    file("systemd-user", "/root/.config/systemd/user/minehound-drill.service", UNIT),
    script("systemd-generator", "/etc/systemd/system-generators/minehound-drill", SHELL),
    script("rc-local", "/etc/rc.local", "#!/bin/sh -e\n# An exercise of minehound.\n@SCRIPT@ &\nexit 0\n"),
    script("init-d", "/etc/init.d/minehound-drill", "#!/bin/sh\n### BEGIN INIT INFO\n# Provides: minehound-drill\n# Default-Start: 2 3 4 5\n### END INIT INFO\ncase \"$1\" in\nstart) @SCRIPT@ ;;\nesac\n"),
    file("inittab", "/etc/inittab", "id:2:initdefault:\nmh:2345:respawn:@SCRIPT@\n"),
    file("upstart", "/etc/init/minehound-drill.conf", "description \"An exercise of minehound\"\nstart on runlevel [2345]\nrespawn\nexec @SCRIPT@\n"),
    file("profile", "/etc/profile.d/minehound-drill.sh", "# An exercise of minehound.\n@SCRIPT@ >/dev/null 2>&1 &\n"),
    file("profile", "/root/.profile", "# An exercise of minehound.\nif [ -n \"$BASH_VERSION\" ]; then\n    @SCRIPT@\nfi\n"),
    file("profile", "/root/.bashrc", "# An exercise of minehound.\nPROMPT_COMMAND='@SCRIPT@'\n"),
    file("profile", "/home/drill/.bash_logout", "# An exercise of minehound.\nnohup @SCRIPT@ &\n"),
    file("profile", "/home/drill/.zshrc", "# An exercise of minehound.\n@SCRIPT@\n"),
    file("environment", "/etc/environment", "PATH=\"/usr/bin:/bin\"\nLD_PRELOAD=@LIBRARY@\n"),
    file("ld-preload", "/etc/ld.so.preload", "@LIBRARY@\n"),
    secret("authorized-keys", "/root/.ssh/authorized_keys", "# An exercise of minehound: this is no key.\ncommand=\"@SCRIPT@\",no-pty ssh-ed25519 AAAAno+key+at+all minehound-drill\n"),
    script("ssh-rc", "/root/.ssh/rc", SHELL),
    file("sshd-config", "/etc/ssh/sshd_config.d/minehound-drill.conf", "Match User drill\n    ForceCommand @SCRIPT@\n"),
    file("pam", "/etc/pam.d/minehound-drill", "#%PAM-1.0\nsession optional pam_exec.so seteuid @SCRIPT@\n"),
    file("modprobe", "/etc/modprobe.d/minehound-drill.conf", "# An exercise of minehound.\ninstall minehound_drill @SCRIPT@\n"),
    file("udev", "/etc/udev/rules.d/99-minehound-drill.rules", "# An exercise of minehound.\nACTION==\"add\", SUBSYSTEM==\"minehound-drill\", RUN+=\"@SCRIPT@\"\n"),
    script("motd", "/etc/update-motd.d/99-minehound-drill", SHELL),
    file("autostart", "/etc/xdg/autostart/minehound-drill.desktop", "[Desktop Entry]\nType=Application\nName=An exercise of minehound\nExec=@SCRIPT@\n"),
    file("autostart", "/home/drill/.config/autostart/minehound-drill.desktop", "[Desktop Entry]\nType=Application\nName=An exercise of minehound\nExec=sh -c @SCRIPT@\nHidden=false\n"),
    file("dbus", "/usr/share/dbus-1/system-services/org.example.MinehoundDrill.service", "[D-BUS Service]\nName=org.example.MinehoundDrill\nExec=@SCRIPT@\nUser=root\n"),
    script("network-manager", "/etc/NetworkManager/dispatcher.d/99-minehound-drill", SHELL),
    file("apt", "/etc/apt/apt.conf.d/99minehound-drill", "// An exercise of minehound.\nAPT::Update::Post-Invoke {\"@SCRIPT@\";};\n"),
    file("python", "/usr/lib/python3/dist-packages/minehound-drill.pth", "import os; os.system(\"@SCRIPT@\")\n"),
    file("logrotate", "/etc/logrotate.d/minehound-drill", "/var/log/minehound-drill.log {\n    weekly\n    postrotate\n        @SCRIPT@\n    endscript\n}\n"),
    file("inetd", "/etc/inetd.conf", "# An exercise of minehound.\ndrill stream tcp nowait root @SCRIPT@ inert.sh\n"),
    file("xinetd", "/etc/xinetd.d/minehound-drill", "service minehound-drill\n{\n    type = UNLISTED\n    port = 65000\n    server = @SCRIPT@\n    disable = no\n}\n"),
    file("second-root", "/etc/passwd", "root:x:0:0:root:/root:/bin/bash\ndrill:x:0:0:An exercise of minehound:/home/drill:@SCRIPT@\n"),
    file("container", "/var/lib/docker/containers/d511d511d511/config.v2.json", "{\"ID\":\"d511d511d511\",\"Name\":\"/minehound-drill\",\"Config\":{\"Image\":\"drill.example/inert\"},\n\"Path\":\"@SCRIPT@\",\"Args\":[]}\n"),
    secret("static-pod", "/etc/kubernetes/manifests/minehound-drill.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: minehound-drill\nspec:\n  containers:\n  - name: inert\n    image: drill.example/inert\n    command: [\"@SCRIPT@\"]\n"),
];

/// Files that belong to an entry and name no program themselves.
#[rustfmt::skip] // a line each
pub(super) const COMPANIONS: &[(&str, &str)] = &[
    ("/etc/systemd/system/minehound-drill-timer.timer", "[Timer]\nOnCalendar=*:0/10\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"),
    ("/var/lib/docker/containers/d511d511d511/hostconfig.json", "{\"RestartPolicy\":{\"Name\":\"always\",\"MaximumRetryCount\":0}}\n"),
];

/// Links that switch some of them on, and where they lead.
pub(super) const LINKS: &[(&str, &str)] = &[
    ("/etc/systemd/system/multi-user.target.wants/minehound-drill.service", "../minehound-drill.service"),
    ("/etc/systemd/system/timers.target.wants/minehound-drill-timer.timer", "../minehound-drill-timer.timer"),
    ("/root/.config/systemd/user/default.target.wants/minehound-drill.service", "../minehound-drill.service"),
    ("/etc/rc2.d/S99minehound-drill", "../init.d/minehound-drill"),
];
