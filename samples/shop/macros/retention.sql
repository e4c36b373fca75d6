{# Of the customers whose cohort_event fell into a week or month: how many were active so many later. Active is who ordered (visited, where the cohort is that of the first visit). #}
{% macro retention(grain) %}
with active as (

    select distinct customer_id, cast(date_trunc('{{ grain }}', day) as date) as {{ grain }}
    from {{ ref('customer_days') }}
    where customer_id is not null and {{ 'orders > 0' if var('cohort_event') == 'first_order' else 'sessions > 0' }}

),

cohorts as (

    select customer_id, min({{ grain }}) as cohort_{{ grain }}
    from active
    group by customer_id

),

sizes as (

    select cohort_{{ grain }}, count(*) as customers
    from cohorts
    group by cohort_{{ grain }}

),

as_of as (

    select max(day) as day from {{ ref('dates') }}

),

-- every {{ grain }} that has begun, also one in which nobody came back
cells as (

    select sizes.cohort_{{ grain }}, sizes.customers, cast(unnest(generate_series(cast(sizes.cohort_{{ grain }} as timestamp), cast(as_of.day as timestamp), interval 1 {{ grain }})) as date) as {{ grain }}
    from sizes
    cross join as_of

),

returned as (

    select cohorts.cohort_{{ grain }}, active.{{ grain }}, count(*) as active_customers
    from cohorts
    inner join active on cohorts.customer_id = active.customer_id
    group by all

)

select
    cells.cohort_{{ grain }},
    cast(date_diff('{{ grain }}', cells.cohort_{{ grain }}, cells.{{ grain }}) as integer) as {{ grain }}s_later,
    cells.{{ grain }},
    cells.customers,
    coalesce(returned.active_customers, 0) as active_customers,
    cells.{{ grain }} + interval 1 {{ grain }} <= as_of.day as is_complete,
    as_of.day as as_of
from cells
cross join as_of
left join returned on cells.cohort_{{ grain }} = returned.cohort_{{ grain }} and cells.{{ grain }} = returned.{{ grain }}
{% endmacro %}
