//! The registry of places from which things start by themselves, and the words for their mechanisms.

use super::look::{Look, Spot};
use super::{accounts, cron, hooks, shell, ssh};
use parse::autoruns::cron::Columns;
use parse::autoruns::rules::{self, Rule};

/// Where a place lies.
#[derive(Debug, Clone, Copy)]
pub(super) enum Where {
    /// One file.
    File(&'static str),
    /// Every file in a folder.
    In(&'static str),
    /// Every file in a folder whose name ends so.
    Ending(&'static str, &'static str),
    /// A file in every home.
    Home(&'static str),
    /// Every file of a folder in every home.
    HomeIn(&'static str),
    /// Every file in a folder, each named after its user.
    Users(&'static str),
}

/// How the files there are read.
#[derive(Clone, Copy)]
pub(super) enum Grammar {
    /// A table of cron.
    Table(Columns),
    /// The file itself is run, at this time.
    Script(&'static str),
    /// Lines of a shell's opening, run at this time.
    Lines(&'static str),
    /// Lines with a command in them.
    Rules(fn(&str) -> Vec<Rule>),
    /// As only this place is.
    Own(fn(&mut Look<'_>, &Spot)),
}

/// A place.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) mechanism: &'static str,
    pub(super) at: Where,
    pub(super) grammar: Grammar,
}

pub(super) const CRON: &str = "cron";
pub(super) const ANACRON: &str = "anacron";
pub(super) const INCRON: &str = "incron";
pub(super) const AT: &str = "at-job";
pub(super) const SERVICE: &str = "systemd-service";
pub(super) const TIMER: &str = "systemd-timer";
pub(super) const PATH: &str = "systemd-path";
pub(super) const SOCKET: &str = "systemd-socket";
pub(super) const GENERATOR: &str = "systemd-generator";
pub(super) const SLEEP: &str = "systemd-sleep";
pub(super) const SYSV: &str = "sysv-init";
pub(super) const RC_LOCAL: &str = "rc-local";
pub(super) const INITTAB: &str = "inittab";
pub(super) const UPSTART: &str = "upstart";
pub(super) const PROFILE: &str = "shell-profile";
pub(super) const ENVIRONMENT: &str = "environment";
pub(super) const PRELOAD: &str = "ld-preload";
pub(super) const LIBRARIES: &str = "library-folder";
pub(super) const KEY: &str = "ssh-key";
pub(super) const SSHD: &str = "ssh-server";
pub(super) const SSH_RC: &str = "ssh-rc";
pub(super) const PAM: &str = "pam";
pub(super) const MODULE: &str = "kernel-module";
pub(super) const UDEV: &str = "udev-rule";
pub(super) const MOTD: &str = "motd";
pub(super) const XDG: &str = "xdg-autostart";
pub(super) const DBUS: &str = "dbus-service";
pub(super) const DISPATCHER: &str = "network-dispatcher";
pub(super) const PACKAGE_HOOK: &str = "package-hook";
pub(super) const PYTHON: &str = "python-startup";
pub(super) const LOGROTATE: &str = "logrotate";
pub(super) const SUDOERS: &str = "sudoers";
pub(super) const INETD: &str = "inetd";
pub(super) const USER: &str = "user";
pub(super) const GIT: &str = "git-hook";
pub(super) const CONTAINER: &str = "container";
pub(super) const POD: &str = "static-pod";

const fn place(mechanism: &'static str, at: Where, grammar: Grammar) -> Place {
    Place { mechanism, at, grammar }
}

use Grammar::{Lines, Own, Rules, Script, Table};
use Where::{Ending, File, Home, HomeIn, In, Users};

/// Every place that is one file or folder. Sources: the manual page of each; Aegrah/PANIX; tclahr/uac;
/// elastic/detection-rules `persistence_*`.
pub(super) const PLACES: &[Place] = &[
    place(CRON, File("/etc/crontab"), Table(Columns::WithUser)),
    place(CRON, In("/etc/cron.d"), Table(Columns::WithUser)),
    place(CRON, In("/etc/cron.hourly"), Script("hourly")),
    place(CRON, In("/etc/cron.daily"), Script("daily")),
    place(CRON, In("/etc/cron.weekly"), Script("weekly")),
    place(CRON, In("/etc/cron.monthly"), Script("monthly")),
    place(CRON, In("/etc/cron.yearly"), Script("yearly")),
    place(CRON, In("/etc/periodic/15min"), Script("every 15 minutes")),
    place(CRON, In("/etc/periodic/hourly"), Script("hourly")),
    place(CRON, In("/etc/periodic/daily"), Script("daily")),
    place(CRON, In("/etc/periodic/weekly"), Script("weekly")),
    place(CRON, In("/etc/periodic/monthly"), Script("monthly")),
    place(CRON, Users("/var/spool/cron"), Table(Columns::WithoutUser)),
    place(CRON, Users("/var/spool/cron/crontabs"), Table(Columns::WithoutUser)),
    place(CRON, Users("/var/spool/cron/tabs"), Table(Columns::WithoutUser)),
    place(CRON, Users("/etc/crontabs"), Table(Columns::WithoutUser)),
    place(ANACRON, File("/etc/anacrontab"), Table(Columns::Anacron)),
    place(INCRON, In("/etc/incron.d"), Own(cron::incron)),
    place(INCRON, Users("/var/spool/incron"), Own(cron::incron)),
    place(AT, In("/var/spool/at"), Own(cron::at_job)),
    place(AT, In("/var/spool/atjobs"), Own(cron::at_job)),
    place(AT, In("/var/spool/cron/atjobs"), Own(cron::at_job)),
    place(GENERATOR, In("/etc/systemd/system-generators"), Script("boot")),
    place(GENERATOR, In("/run/systemd/system-generators"), Script("boot")),
    place(GENERATOR, In("/usr/local/lib/systemd/system-generators"), Script("boot")),
    place(GENERATOR, In("/usr/lib/systemd/system-generators"), Script("boot")),
    place(GENERATOR, In("/lib/systemd/system-generators"), Script("boot")),
    place(GENERATOR, In("/etc/systemd/user-generators"), Script("login")),
    place(GENERATOR, In("/usr/local/lib/systemd/user-generators"), Script("login")),
    place(GENERATOR, In("/usr/lib/systemd/user-generators"), Script("login")),
    place(GENERATOR, In("/etc/systemd/system-environment-generators"), Script("boot")),
    place(GENERATOR, In("/usr/lib/systemd/system-environment-generators"), Script("boot")),
    place(GENERATOR, In("/etc/systemd/user-environment-generators"), Script("login")),
    place(GENERATOR, In("/usr/lib/systemd/user-environment-generators"), Script("login")),
    place(SLEEP, In("/etc/systemd/system-sleep"), Script("sleep")),
    place(SLEEP, In("/usr/lib/systemd/system-sleep"), Script("sleep")),
    place(SLEEP, In("/lib/systemd/system-sleep"), Script("sleep")),
    place(SLEEP, In("/usr/lib/systemd/system-shutdown"), Script("shutdown")),
    place(SLEEP, In("/lib/systemd/system-shutdown"), Script("shutdown")),
    place(SYSV, In("/etc/init.d"), Script("boot")),
    place(SYSV, In("/etc/rc.d/init.d"), Script("boot")),
    place(SYSV, In("/etc/rcS.d"), Script("boot")),
    place(SYSV, In("/etc/rc0.d"), Script("shutdown")),
    place(SYSV, In("/etc/rc1.d"), Script("boot")),
    place(SYSV, In("/etc/rc2.d"), Script("boot")),
    place(SYSV, In("/etc/rc3.d"), Script("boot")),
    place(SYSV, In("/etc/rc4.d"), Script("boot")),
    place(SYSV, In("/etc/rc5.d"), Script("boot")),
    place(SYSV, In("/etc/rc6.d"), Script("shutdown")),
    place(SYSV, In("/etc/local.d"), Script("boot")),
    place(RC_LOCAL, File("/etc/rc.local"), Script("boot")),
    place(RC_LOCAL, File("/etc/rc.d/rc.local"), Script("boot")),
    place(INITTAB, File("/etc/inittab"), Rules(rules::inittab)),
    place(UPSTART, Ending("/etc/init", ".conf"), Rules(rules::upstart)),
    place(PROFILE, File("/etc/profile"), Lines("login")),
    place(PROFILE, In("/etc/profile.d"), Lines("login")),
    place(PROFILE, File("/etc/bash.bashrc"), Lines("shell")),
    place(PROFILE, File("/etc/bashrc"), Lines("shell")),
    place(PROFILE, File("/etc/bash.bash_logout"), Lines("logout")),
    place(PROFILE, File("/etc/zsh/zshenv"), Lines("shell")),
    place(PROFILE, File("/etc/zsh/zprofile"), Lines("login")),
    place(PROFILE, File("/etc/zsh/zshrc"), Lines("shell")),
    place(PROFILE, File("/etc/zshrc"), Lines("shell")),
    place(PROFILE, File("/etc/csh.cshrc"), Lines("shell")),
    place(PROFILE, File("/etc/csh.login"), Lines("login")),
    place(PROFILE, File("/etc/ksh.kshrc"), Lines("shell")),
    place(PROFILE, In("/etc/fish/conf.d"), Lines("shell")),
    place(PROFILE, Home(".profile"), Lines("login")),
    place(PROFILE, Home(".bash_profile"), Lines("login")),
    place(PROFILE, Home(".bash_login"), Lines("login")),
    place(PROFILE, Home(".bashrc"), Lines("shell")),
    place(PROFILE, Home(".bash_aliases"), Lines("shell")),
    place(PROFILE, Home(".bash_logout"), Lines("logout")),
    place(PROFILE, Home(".zshenv"), Lines("shell")),
    place(PROFILE, Home(".zprofile"), Lines("login")),
    place(PROFILE, Home(".zlogin"), Lines("login")),
    place(PROFILE, Home(".zshrc"), Lines("shell")),
    place(PROFILE, Home(".kshrc"), Lines("shell")),
    place(PROFILE, Home(".cshrc"), Lines("shell")),
    place(PROFILE, Home(".config/fish/config.fish"), Lines("shell")),
    place(PROFILE, Home(".xprofile"), Lines("login")),
    place(PROFILE, Home(".xinitrc"), Lines("login")),
    place(PROFILE, Home(".xsession"), Lines("login")),
    place(ENVIRONMENT, File("/etc/environment"), Own(shell::environment)),
    place(ENVIRONMENT, In("/etc/environment.d"), Own(shell::environment)),
    place(ENVIRONMENT, File("/etc/security/pam_env.conf"), Own(shell::environment)),
    place(ENVIRONMENT, File("/etc/systemd/system.conf"), Own(shell::manager)),
    place(ENVIRONMENT, File("/etc/systemd/user.conf"), Own(shell::manager)),
    place(ENVIRONMENT, In("/etc/systemd/system.conf.d"), Own(shell::manager)),
    place(ENVIRONMENT, HomeIn(".config/environment.d"), Own(shell::environment)),
    place(ENVIRONMENT, Home(".pam_environment"), Own(shell::environment)),
    place(ENVIRONMENT, Home(".ssh/environment"), Own(shell::environment)),
    place(PRELOAD, File("/etc/ld.so.preload"), Own(shell::preload)),
    place(LIBRARIES, File("/etc/ld.so.conf"), Own(shell::libraries)),
    place(LIBRARIES, In("/etc/ld.so.conf.d"), Own(shell::libraries)),
    place(KEY, Home(".ssh/authorized_keys"), Own(ssh::keys)),
    place(KEY, Home(".ssh/authorized_keys2"), Own(ssh::keys)),
    place(KEY, Users("/etc/ssh/authorized_keys"), Own(ssh::keys)),
    place(SSHD, File("/etc/ssh/sshd_config"), Own(ssh::server)),
    place(SSHD, In("/etc/ssh/sshd_config.d"), Own(ssh::server)),
    place(SSH_RC, File("/etc/ssh/sshrc"), Script("login")),
    place(SSH_RC, Home(".ssh/rc"), Script("login")),
    place(PAM, In("/etc/pam.d"), Own(accounts::pam)),
    place(PAM, In("/usr/lib/pam.d"), Own(accounts::pam)),
    place(MODULE, File("/etc/modules"), Own(hooks::modules)),
    place(MODULE, In("/etc/modules-load.d"), Own(hooks::modules)),
    place(MODULE, In("/usr/lib/modules-load.d"), Own(hooks::modules)),
    place(MODULE, In("/usr/local/lib/modules-load.d"), Own(hooks::modules)),
    place(MODULE, In("/etc/modprobe.d"), Rules(rules::modprobe)),
    place(MODULE, In("/usr/lib/modprobe.d"), Rules(rules::modprobe)),
    place(UDEV, Ending("/etc/udev/rules.d", ".rules"), Rules(rules::udev)),
    place(UDEV, Ending("/run/udev/rules.d", ".rules"), Rules(rules::udev)),
    place(UDEV, Ending("/usr/local/lib/udev/rules.d", ".rules"), Rules(rules::udev)),
    place(UDEV, Ending("/usr/lib/udev/rules.d", ".rules"), Rules(rules::udev)),
    place(UDEV, Ending("/lib/udev/rules.d", ".rules"), Rules(rules::udev)),
    place(MOTD, In("/etc/update-motd.d"), Script("login")),
    place(XDG, Ending("/etc/xdg/autostart", ".desktop"), Own(hooks::desktop)),
    place(XDG, Ending("/usr/share/gnome/autostart", ".desktop"), Own(hooks::desktop)),
    place(XDG, HomeIn(".config/autostart"), Own(hooks::desktop)),
    place(XDG, HomeIn(".config/autostart-scripts"), Script("login")),
    place(XDG, HomeIn(".config/plasma-workspace/env"), Script("login")),
    place(XDG, HomeIn(".kde/Autostart"), Script("login")),
    place(DBUS, Ending("/usr/share/dbus-1/services", ".service"), Own(hooks::dbus)),
    place(DBUS, Ending("/usr/share/dbus-1/system-services", ".service"), Own(hooks::dbus)),
    place(DBUS, Ending("/usr/local/share/dbus-1/services", ".service"), Own(hooks::dbus)),
    place(DBUS, Ending("/usr/local/share/dbus-1/system-services", ".service"), Own(hooks::dbus)),
    place(DBUS, Ending("/etc/dbus-1/system-services", ".service"), Own(hooks::dbus)),
    place(DBUS, HomeIn(".local/share/dbus-1/services"), Own(hooks::dbus)),
    place(DISPATCHER, In("/etc/NetworkManager/dispatcher.d"), Script("network change")),
    place(DISPATCHER, In("/etc/NetworkManager/dispatcher.d/pre-up.d"), Script("network change")),
    place(DISPATCHER, In("/etc/NetworkManager/dispatcher.d/pre-down.d"), Script("network change")),
    place(DISPATCHER, In("/etc/NetworkManager/dispatcher.d/no-wait.d"), Script("network change")),
    place(DISPATCHER, In("/usr/lib/NetworkManager/dispatcher.d"), Script("network change")),
    place(DISPATCHER, In("/etc/networkd-dispatcher/routable.d"), Script("network change")),
    place(DISPATCHER, In("/etc/network/if-up.d"), Script("network change")),
    place(DISPATCHER, In("/etc/network/if-pre-up.d"), Script("network change")),
    place(DISPATCHER, In("/etc/network/if-down.d"), Script("network change")),
    place(DISPATCHER, In("/etc/network/if-post-down.d"), Script("network change")),
    place(DISPATCHER, In("/etc/dhcp/dhclient-enter-hooks.d"), Script("network change")),
    place(DISPATCHER, In("/etc/dhcp/dhclient-exit-hooks.d"), Script("network change")),
    place(DISPATCHER, In("/etc/ppp/ip-up.d"), Script("network change")),
    place(PACKAGE_HOOK, File("/etc/apt/apt.conf"), Rules(rules::apt)),
    place(PACKAGE_HOOK, In("/etc/apt/apt.conf.d"), Rules(rules::apt)),
    place(PACKAGE_HOOK, Ending("/etc/yum/pluginconf.d", ".conf"), Own(hooks::plugin)),
    place(PACKAGE_HOOK, Ending("/etc/dnf/plugins", ".conf"), Own(hooks::plugin)),
    place(PACKAGE_HOOK, Ending("/usr/lib/yum-plugins", ".py"), Script("package change")),
    place(PACKAGE_HOOK, In("/etc/kernel/postinst.d"), Script("kernel change")),
    place(PACKAGE_HOOK, In("/etc/kernel/postrm.d"), Script("kernel change")),
    place(LOGROTATE, File("/etc/logrotate.conf"), Rules(rules::logrotate)),
    place(LOGROTATE, In("/etc/logrotate.d"), Rules(rules::logrotate)),
    place(SUDOERS, File("/etc/sudoers"), Own(accounts::sudoers)),
    place(SUDOERS, In("/etc/sudoers.d"), Own(accounts::sudoers)),
    place(USER, File("/etc/passwd"), Own(accounts::roots)),
    place(INETD, File("/etc/inetd.conf"), Rules(rules::inetd)),
    place(INETD, File("/etc/xinetd.conf"), Rules(rules::xinetd)),
    place(INETD, In("/etc/xinetd.d"), Rules(rules::xinetd)),
];
