select
    order_id,
    line,
    status,
    ordered_at,
    updated_at,
    customer_id,
    product_id,
    product_name,
    category,
    quantity,
    unit_price,
    cast(quantity * unit_price as decimal(18, 4)) as amount,
    currency,
    channel
from {{ source('lake', 'order_lines') }}
