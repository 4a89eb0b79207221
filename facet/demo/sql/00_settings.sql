-- What the other files stand on: the parameters, the draws, the rounding.
-- All of it is temporary and goes with the connection; the database keeps the data alone.

create temp table demo_settings on commit preserve rows as
select
    cast(:seed as bigint) as seed,
    cast(:as_of as date) as as_of,
    cast(:until as timestamptz) as until,
    cast(:scale as numeric) as scale,
    cast(:as_of as date) - interval '3 years' as starts_at;

-- A uniform draw in [0, 1): a hash of the seed, the stream's name and the number, so that the
-- same row gets the same draw whatever was drawn before it.
create function pg_temp.u(n bigint, stream text) returns double precision
language sql immutable parallel safe
return cast(
    hashint8extended(n, hashtextextended(stream, :seed)) & 9007199254740991 as double precision
) / 9007199254740992;

-- A standard normal draw (Box and Muller, 1958).
create function pg_temp.normal(n bigint, stream text) returns double precision
language sql immutable parallel safe
return sqrt(-2 * ln(1 - pg_temp.u(n, stream || ' radius')))
    * cos(2 * pi() * pg_temp.u(n, stream || ' angle'));

-- A draw of one of so many sides: 1, 2, …
create function pg_temp.roll(n bigint, stream text, sides integer) returns integer
language sql immutable parallel safe
return 1 + cast(floor(pg_temp.u(n, stream) * sides) as integer);

-- A day as a number, to draw by.
create function pg_temp.day_number(day date) returns integer
language sql immutable parallel safe
return day - date '2000-01-01';

-- The item whose share of the weights the draw falls into; bounds are the cumulated shares.
create function pg_temp.pick(items bigint[], bounds double precision[], draw double precision)
returns bigint
language sql immutable parallel safe
return items[least(width_bucket(draw, bounds) + 1, cardinality(items))];

-- The item that an even draw falls on.
create function pg_temp.one_of(items text[], draw double precision) returns text
language sql immutable parallel safe
return items[1 + cast(floor(draw * cardinality(items)) as integer)];

-- A price as a shop would print it: no odd cents, no odd đồng.
create function pg_temp.price_point(amount double precision, decimals integer) returns numeric
language sql immutable parallel safe
return case
    when decimals = 0 then greatest(round(cast(amount as numeric), -4), 10000)
    when amount < 200 then greatest(round(cast(amount as numeric) / 5) * 5, 5)
    when amount < 2000 then round(cast(amount as numeric), -1)
    else round(cast(amount as numeric) / 50) * 50
end;

-- The first moment from this one on at which the house is open; rest_day: 7 where Sunday is one.
create function pg_temp.at_work(moment timestamp, opens time, closes time, rest_day integer)
returns timestamp
language sql immutable parallel safe
return case
    when cast(moment as time) >= opens and cast(moment as time) < closes
        and extract(isodow from moment) <> rest_day
        then moment
    else cast(moment as date)
        + case when cast(moment as time) >= closes then 1 else 0 end
        + case
            when extract(isodow from cast(moment as date)
                + case when cast(moment as time) >= closes then 1 else 0 end) = rest_day
                then 1
            else 0
        end
        + opens
end;
