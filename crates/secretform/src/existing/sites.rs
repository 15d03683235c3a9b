//! Where a policy may live in Terraform.

/// Whether blocks of this type hold IAM statements, or hold a policy's text.
pub fn is_policy_site(type_name: &str) -> bool {
    type_name.starts_with("aws_")
        && (type_name == "aws_iam_policy_document"
            || type_name == "aws_iam_role"
            || type_name.ends_with("_policy"))
        && !type_name.starts_with("aws_kms_")
}
