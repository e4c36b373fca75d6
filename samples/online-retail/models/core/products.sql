-- Descriptions vary from line to line; the name is the one used most often, the alphabetically first among equals.
with named as (

    select product_id, description, count(*) as uses
    from {{ ref('stg_order_lines') }}
    where description is not null
    group by product_id, description

),

names as (

    select product_id, description
    from named
    qualify row_number() over (partition by product_id order by uses desc, description) = 1

)

select
    lines.product_id,
    any_value(names.description) as product_name,
    min(lines.ordered_at) as first_ordered_at,
    max(lines.ordered_at) as last_ordered_at
from {{ ref('stg_order_lines') }} as lines
left join names on lines.product_id = names.product_id
group by lines.product_id
