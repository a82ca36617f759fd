"""What tests share: real services on free ports, people with roles, scripted planners."""
