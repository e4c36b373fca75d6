{{ config(tags=['daily'], meta={'owner': {'team': 'sales'}, 'labels': ['gold', 'kpi']}, materialized='incremental', unique_key=['id', 'day'], on_schema_change='fail') }}
select 1 as id, 2 as day from {{ ref('stg_orders') }}, {{ ref('stg_lines') }}
