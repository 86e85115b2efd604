//! `/proc/PID/cgroup`: the container that a process runs in.
//!
//! Runtimes name a control group after the container: docker and podman `…/docker-ID.scope`, `…/docker/ID`,
//! `…/libpod-ID.scope`; containerd and CRI-O under Kubernetes `…/cri-containerd-ID.scope`, `…/crio-ID.scope`; an ID has
//! 64 hexadecimal digits (OCI runtime specification, `cgroupsPath`; moby `daemon/oci_linux.go`). LXC has names:
//! `…/lxc/NAME`, `…/lxc.payload.NAME`.

/// Length of an ID.
const ID: usize = 64;

/// The container's ID, or its name under LXC.
#[must_use]
pub fn container(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    text.lines().find_map(|line| {
        // `hierarchy:controllers:path`
        let path = line.splitn(3, ':').nth(2)?;
        path.rsplit('/').find_map(id).or_else(|| lxc(path))
    })
}

fn id(part: &str) -> Option<String> {
    let part = part.strip_suffix(".scope").unwrap_or(part);
    let digits = part.rsplit(['-', ':']).next().unwrap_or(part);
    let is_id = digits.len() == ID && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| digits.to_ascii_lowercase())
}

fn lxc(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let name = parts.find_map(|part| match part {
        "lxc" => Some(None),
        _ => part.strip_prefix("lxc.payload.").map(Some),
    })?;
    let name = name.or_else(|| parts.next()).filter(|name| !name.is_empty())?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::container;

    #[test]
    fn containers_by_their_control_group() {
        let hex = "0123456789abcdef".repeat(4);
        for path in [
            "/system.slice/docker-ID.scope",
            "/docker/ID",
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-ID.scope",
            "/machine.slice/libpod-ID.scope/container",
            "/kubepods/besteffort/pod1/ID",
            "/system.slice/containerd.service/kubepods-besteffort-pod1.slice:cri-containerd:ID",
        ] {
            let text = format!("12:cpu:/\n0::{}\n", path.replace("ID", &hex));
            assert_eq!(container(text.as_bytes()).as_deref(), Some(hex.as_str()), "{path}");
        }
        assert_eq!(container(b"0::/lxc.payload.web/init.scope\n").as_deref(), Some("web"));
        assert_eq!(container(b"1:name=systemd:/lxc/db/x\n").as_deref(), Some("db"));
        assert_eq!(container(b"0::/user.slice/user-1000.slice/session-2.scope\n"), None);
        assert_eq!(container(b"\xff"), None);
    }
}
