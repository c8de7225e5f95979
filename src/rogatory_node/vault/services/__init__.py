"""What is done with packages, one module an act; the long ones are done by a worker."""
