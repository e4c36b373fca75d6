-- Products that lie in one order more often than chance would have it: lift is how many times more.
with lines as (

    select distinct order_id, product_id from order_items

),

counts as (

    select product_id, count(*) as orders from lines group by product_id

),

pairs as (

    select one.product_id as product_a, other.product_id as product_b, count(*) as orders
    from lines as one
    inner join lines as other on one.order_id = other.order_id and one.product_id < other.product_id
    group by all

)

select
    a.product_name as product_a,
    b.product_name as product_b,
    pairs.orders as orders_with_both,
    round(pairs.orders * (select count(distinct order_id) from lines) / (ca.orders * cb.orders), 2) as lift
from pairs
inner join counts as ca on pairs.product_a = ca.product_id
inner join counts as cb on pairs.product_b = cb.product_id
inner join products as a on pairs.product_a = a.product_id
inner join products as b on pairs.product_b = b.product_id
where pairs.orders >= 3
order by lift desc, orders_with_both desc, product_a, product_b
limit 50
