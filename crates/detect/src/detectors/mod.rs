//! The registry of detectors: one line each, sorted.

model::registry! {
    /// All detectors.
    pub static DETECTORS: [crate::DetectorUnit] = [
        break_in,
        busy_process,
        connection_surge,
        full_node,
        host_scan,
        machine_tuning,
        miner_agent,
        miner_autostart,
        miner_download,
        miner_file,
        miner_interface,
        miner_log,
        miner_process,
        mining_extension,
        mining_rpc,
        odd_autostart,
        odd_history,
        odd_process,
        open_door,
        password_guessing,
        pool_address,
        pool_name,
        pool_port,
        randomx_process,
        revives,
        session_owner,
        spread,
        stratum_session,
        stratum_v2,
        web_miner,
        web_miner_host,
        web_miner_page,
    ];
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod fixture_doors;
#[cfg(test)]
mod tests;
