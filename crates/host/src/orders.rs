//! Orders to mine, from a grammar's words into those of a fact.

use model::{Orders, OrdersFrom};
use parse::app::carve;

/// Orders as facts have them, with where they stood.
pub(crate) fn told(orders: carve::Orders, from: OrdersFrom) -> Orders {
    Orders { pool: orders.pool, login: orders.login, from }
}
