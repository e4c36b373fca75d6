-- What is unlike the same hours of the four weeks before. For each segment, every possible beginning within the last 18 complete hours is tried;
-- the one that deviates most, in standard deviations, is the hour it began. Below four deviations, or 15 %, it is noise. A count deviates as Poisson's
-- does, and more where one visit makes several events: as much more as the four weeks differ among themselves.
with activity as (

    select
        hour,
        case when platform in ('ios', 'android') then 'mobile' else 'web' end as channel,
        platform,
        step,
        events
    from {{ ref('hourly_activity') }}

),

latest as (

    select max(hour) - interval 1 hour as hour, min(hour) as first_hour from activity

),

segments as (

    select distinct channel, platform, step from activity

),

-- the last 24 complete hours of each segment, with what the same hour had 1 to 4 weeks before
hours as (

    select
        segments.channel,
        segments.platform,
        segments.step,
        slots.hour,
        coalesce(max(now.events), 0) as actual,
        coalesce(sum(before.events), 0) / 4.0 as expected,
        (coalesce(sum(before.events * before.events), 0) - coalesce(sum(before.events), 0) * coalesce(sum(before.events), 0) / 4.0) / 3.0 as variance
    from segments
    cross join latest
    cross join lateral (
        select unnest(generate_series(latest.hour - interval 23 hour, latest.hour, interval 1 hour)) as hour
    ) as slots
    left join activity as now
        on segments.platform = now.platform and segments.step = now.step and slots.hour = now.hour
    left join activity as before
        on segments.platform = before.platform and segments.step = before.step
        and before.hour in (slots.hour - interval 168 hour, slots.hour - interval 336 hour, slots.hour - interval 504 hour, slots.hour - interval 672 hour)
    where latest.first_hour <= latest.hour - interval 690 hour
    group by all

),

channels as (

    select channel, step, hour, sum(actual) as actual, sum(expected) as expected, sum(variance) as variance
    from hours
    group by all

),

spread as (

    select channel, step, greatest(1, sum(variance) / nullif(sum(expected), 0)) as factor
    from channels
    group by all

),

beginnings as (

    select
        since.channel,
        since.step,
        since.hour as noticed_at,
        sum(later.actual) as actual,
        sum(later.expected) as expected,
        (sum(later.actual) - sum(later.expected)) / sqrt(greatest(sum(later.expected), 1) * 1.25 * any_value(spread.factor)) as score
    from channels as since
    inner join channels as later on since.channel = later.channel and since.step = later.step and later.hour >= since.hour
    inner join spread on since.channel = spread.channel and since.step = spread.step
    cross join latest
    where since.hour > latest.hour - interval 18 hour
    group by all

),

found as (

    select *
    from beginnings
    where expected >= 15 and abs(score) >= 4 and abs(actual - expected) >= 0.15 * expected
    qualify row_number() over (partition by channel, step order by abs(score) desc, noticed_at) = 1

),

trends as (

    select channel, step, list(cast(actual as double) order by hour) as trend
    from channels
    group by all

),

-- which platform carries most of the difference
platforms as (

    select
        found.channel,
        found.step,
        hours.platform,
        (sum(hours.actual) - sum(hours.expected)) / any_value(found.actual - found.expected) as share
    from found
    inner join hours on found.channel = hours.channel and found.step = hours.step and hours.hour >= found.noticed_at
    group by found.channel, found.step, hours.platform
    qualify row_number() over (partition by found.channel, found.step order by share desc) = 1

),

-- an app version that appeared in the last day
releases as (

    select platform, app_version, min(first_seen) as first_seen
    from {{ ref('app_versions') }}
    group by platform, app_version
    having min(first_seen) > (select hour - interval 24 hour from latest)
    qualify row_number() over (partition by platform order by min(first_seen) desc) = 1

)

select
    found.noticed_at,
    found.channel || ' ' || case found.step
        when 'page_viewed' then 'page views'
        when 'product_viewed' then 'product views'
        when 'product_added' then 'carts'
        when 'checkout_started' then 'checkouts'
        when 'order_completed' then 'orders'
        else found.step
    end as subject,
    'events' as measure,
    cast(found.actual as double) as actual,
    cast(found.expected as double) as expected,
    cast((found.actual - found.expected) / found.expected as double) as change,
    cast(found.score as double) as score,
    case when found.score < 0 then 'down' else 'up' end as direction,
    found.score > 0 as good,
    case when found.channel = 'mobile' then
        case platforms.platform when 'ios' then 'iOS' else 'Android' end
        || ' accounts for ' || cast(round(100 * least(platforms.share, 1)) as integer) || ' % of it'
        || coalesce(
            '; app ' || releases.app_version || ' was first seen at '
            || strftime(releases.first_seen at time zone '{{ var("time_zone") }}', '%H:%M'), ''
        ) || '.'
    else cast(cast(found.actual as bigint) as varchar) || ' instead of about ' || cast(cast(found.expected as bigint) as varchar) || '.'
    end as explanation,
    trends.trend
from found
inner join trends on found.channel = trends.channel and found.step = trends.step
left join platforms on found.channel = platforms.channel and found.step = platforms.step
left join releases on platforms.platform = releases.platform
