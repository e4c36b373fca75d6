-- From a view to an order within seven days, by channel: where people stop. Days of the last week still change and are left out.
with as_of as (

    select max(day) as day from funnel

)

select
    channel,
    sum(viewed) as viewed,
    sum(added) as added,
    sum(checked_out) as checked_out,
    sum(ordered) as ordered,
    round(100.0 * sum(added) / nullif(sum(viewed), 0), 2) as view_to_cart_percent,
    round(100.0 * sum(checked_out) / nullif(sum(added), 0), 2) as cart_to_checkout_percent,
    round(100.0 * sum(ordered) / nullif(sum(checked_out), 0), 2) as checkout_to_order_percent,
    round(100.0 * sum(ordered) / nullif(sum(viewed), 0), 2) as view_to_order_percent
from funnel
cross join as_of
where funnel.day <= as_of.day - 7
group by channel
order by viewed desc
