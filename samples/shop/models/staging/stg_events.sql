-- One vocabulary for both generations of the clients: the first says `cart_add` and cents, the second `Product Added` and euros.
select
    _stream,
    _position,
    event_id,
    source,
    case event
        when 'page_view' then 'page_viewed'
        when 'Page Viewed' then 'page_viewed'
        when 'Home' then 'page_viewed'
        when 'page' then 'page_viewed'
        when 'screen' then 'page_viewed'
        when 'product_view' then 'product_viewed'
        when 'Product Viewed' then 'product_viewed'
        when 'cart_add' then 'product_added'
        when 'Product Added' then 'product_added'
        when 'checkout_start' then 'checkout_started'
        when 'Checkout Started' then 'checkout_started'
        when 'purchase' then 'order_completed'
        when 'Order Completed' then 'order_completed'
        else event
    end as step,
    event as event_name,
    schema_version,
    event_time,
    received_at,
    user_id,
    anonymous_id,
    coalesce(platform, source) as platform,
    case when coalesce(platform, source) in ('ios', 'android') then 'mobile' else 'web' end as channel,
    app_version,
    utm_source,
    utm_medium,
    utm_campaign as campaign,
    page_referrer as referrer,
    country,
    -- programs that say so in their user agent; nobody else is taken for one
    coalesce(regexp_matches(user_agent, 'bot\b|crawl|spider|slurp|headless|preview|monitor', 'i'), false) as is_bot,
    coalesce(product_id, json_extract_string(properties, '$.sku')) as product_id,
    coalesce(quantity, cast(json_extract_string(properties, '$.qty') as integer)) as quantity,
    cast(
        coalesce(price, cast(json_extract_string(properties, '$.price_cents') as decimal(18, 4)) / 100) as decimal(18, 4)
    ) as price,
    order_id
from {{ source('lake', 'events') }}
