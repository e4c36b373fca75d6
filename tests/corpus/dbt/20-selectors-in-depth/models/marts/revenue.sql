{{ config(group='finance', alias='money', schema='books') }}
select * from {{ ref('fct_orders') }}, {{ ref('dim_customers') }}
