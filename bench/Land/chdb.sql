insert into function file('{to}/date={_partition_id}/part.parquet', Parquet)
partition by concat(toString(toDate(client_time, 'UTC')), '/hour=', toString(toHour(client_time, 'UTC')), '/source=web')
select
  lower(event_id) as event_id, 'web' as source, event, client_time, client_time as event_time, toDateTime64('2026-03-02 00:30:00', 6, 'UTC') as received_at,
  user_id, anonymous_id, session_id, schema_version, page.url as page_url, page.path as page_path, page.title as page_title, page.referrer as page_referrer,
  campaign.source as utm_source, campaign.medium as utm_medium, campaign.name as utm_campaign, campaign.term as utm_term, campaign.content as utm_content,
  device.platform as platform, device.type as device_type, device.id as device_id, device.os_name as os_name, device.os_version as os_version, device.browser as browser,
  app.version as app_version, app.name as app_name, locale, country, '203.0.113.7' as ip, user_agent, order_id, product_id, product_name, category, quantity, price, revenue,
  currency, coupon, cart_id, context, properties
from (
  select *, parseDateTime64BestEffort(timestamp, 6, 'UTC') as client_time
  from file('{lines}', JSONEachRow,
    'event_id String, event String, timestamp String, user_id Nullable(String), anonymous_id Nullable(String), session_id Nullable(String), schema_version Nullable(String), locale Nullable(String), country Nullable(String), user_agent Nullable(String), page Tuple(url Nullable(String), path Nullable(String), title Nullable(String), referrer Nullable(String)), campaign Tuple(source Nullable(String), medium Nullable(String), name Nullable(String), term Nullable(String), content Nullable(String)), device Tuple(id Nullable(String), type Nullable(String), platform Nullable(String), os_name Nullable(String), os_version Nullable(String), browser Nullable(String)), app Tuple(name Nullable(String), version Nullable(String)), order_id Nullable(String), product_id Nullable(String), product_name Nullable(String), category Nullable(String), quantity Nullable(Int32), price Nullable(Decimal(18,4)), revenue Nullable(Decimal(18,4)), currency Nullable(String), coupon Nullable(String), cart_id Nullable(String), context String, properties String')
)
limit 1 by event_id, toStartOfHour(client_time)
settings input_format_json_read_objects_as_strings = 1, input_format_skip_unknown_fields = 1, output_format_parquet_compression_method = 'zstd', output_format_compression_level = 1, engine_file_truncate_on_insert = 1, input_format_allow_errors_ratio = 0.1
