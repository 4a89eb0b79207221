-- Functions that every tenant's file has; run with the schema of the marts as the current one.
-- They are called by the SQL that metrics compile to and must not change what a released file means.

create macro safe_divide(numerator, denominator) as
    case when denominator = 0 then null else numerator / denominator end;
