-- Names and types of the shop. Nothing is filtered here: 541,909 lines in, 541,909 out.
select
    invoice_no as order_id,
    stock_code as product_id,
    description,
    -- the ERP exports whole numbers with a decimal point: 17850.0
    regexp_replace(customer_id, '\.0$', '') as customer_id,
    country,
    quantity,
    unit_price,
    cast(quantity * unit_price as decimal(18, 4)) as amount,
    invoice_date as ordered_at,
    cast(invoice_date at time zone 'Europe/London' as date) as order_date,
    starts_with(invoice_no, 'C') as is_cancellation,
    _stream,
    _position
from {{ source('lake', 'order_lines') }}
