
select * from "corpus"."crm_raw"."customers"