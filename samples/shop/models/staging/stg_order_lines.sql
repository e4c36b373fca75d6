-- A line of an order in its latest version, in the order's own currency. Prices are as the shop shows them: with tax, before discounts.
select
    order_id,
    line,
    status,
    ordered_at,
    updated_at,
    case when status in ('refunded', 'cancelled') then coalesce(refunded_at, updated_at) end as refunded_at,
    customer_id as user_id,
    product_id,
    product_name,
    category,
    quantity,
    unit_price,
    cast(quantity * unit_price as decimal(18, 4)) as list_amount,
    cast(coalesce(discount, 0) as decimal(18, 4)) as discount_amount,
    cast(coalesce(tax, 0) as decimal(18, 4)) as tax_amount,
    cast(coalesce(shipping, 0) as decimal(18, 4)) as shipping_amount,
    currency,
    channel,
    country,
    coupon
from {{ source('lake', 'order_lines') }}
