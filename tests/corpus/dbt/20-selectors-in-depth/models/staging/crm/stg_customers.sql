{{ config(tags=['pii', 'daily'], materialized='ephemeral') }}
select * from {{ source('crm', 'customers') }}
