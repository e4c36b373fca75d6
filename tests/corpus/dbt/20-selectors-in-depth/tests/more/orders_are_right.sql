{{ config(tags=['slow'], severity='warn') }}
select * from {{ ref('fct_orders') }}, {{ source('shop', 'orders') }} where false
