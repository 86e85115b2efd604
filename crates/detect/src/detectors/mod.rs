//! The registry of detectors: one line each, sorted.

model::registry! {
    /// All detectors.
    pub static DETECTORS: [crate::DetectorUnit] = [
        connection_surge,
        full_node,
        host_scan,
        miner_agent,
        miner_download,
        miner_interface,
        mining_rpc,
        password_guessing,
        pool_address,
        pool_name,
        pool_port,
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
mod tests;
