"""The sample workbooks."""
