-- Every CSV row is one line. An invoice may list an item twice: those are lines, not duplicates.
select
    order_id,
    product_id,
    customer_id,
    quantity,
    unit_price,
    amount,
    ordered_at,
    order_date,
    country,
    is_cancellation,
    _stream,
    _position
from {{ ref('stg_order_lines') }}
