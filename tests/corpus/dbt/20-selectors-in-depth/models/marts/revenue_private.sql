{{ config(group='finance', access='private', tags='daily') }}
select * from {{ ref('revenue') }}
