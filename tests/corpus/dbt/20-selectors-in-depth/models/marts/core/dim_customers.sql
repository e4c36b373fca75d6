select * from {{ ref('stg_customers') }}, {{ ref('countries') }}, {{ ref('calendar') }}
