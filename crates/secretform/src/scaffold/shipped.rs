//! The presets that come with secretform, compiled into the library.

macro_rules! shipped {
    ($($name:literal)*) => {
        /// Every preset that ships: its name and its text, in order of name. `templates/presets/`
        /// at the top of the repository holds them.
        pub const SHIPPED: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../templates/presets/", $name, ".hcl")))),*
        ];
    };
}

shipped! {
    "airbyte"
    "databricks"
    "datadog"
    "dbt-cloud"
    "dlt"
    "fivetran"
    "github-actions"
    "hubspot"
    "postgres"
    "prefect"
    "slack"
    "snowflake"
}
